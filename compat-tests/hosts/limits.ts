// What a host cannot do, each with its reason. Such a program still runs there, and the suite fails when it begins to pass.

export const limits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  chromium: {},
  firefox: {},
};
