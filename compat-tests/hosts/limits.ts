// What a host cannot do, each with its reason. Such a program still runs there, and the suite fails when it begins to pass.

const FILES = "a web page has no files";
const SOCKETS = "a web page has no sockets";

/** Of a page, in whatever browser. */
const page = {
  "25_manager_over_network": SOCKETS,
  listeners: SOCKETS,
  managers_gone: SOCKETS,
  network_wait: SOCKETS,
  registered_types: SOCKETS,
  remote_keywords: SOCKETS,
  remote_references: SOCKETS,
  "_test_multiprocessing (3.13)._TestListener.test_empty_authkey": SOCKETS,
  "_test_multiprocessing.OtherTest.test_answer_challenge_auth_failure": SOCKETS,
  "_test_multiprocessing._TestListener.test_context": SOCKETS,
  "_test_multiprocessing._TestListener.test_multiple_bind": SOCKETS,
  "_test_multiprocessing._TestListenerClient.test_issue14725": SOCKETS,
  "_test_multiprocessing._TestListenerClient.test_issue16955": SOCKETS,
  "_test_multiprocessing._TestListenerClient.test_listener_client": SOCKETS,
  "_test_multiprocessing._TestManagerRestart.test_rapid_restart": SOCKETS,
  "_test_multiprocessing._TestMyManager.test_mymanager": SOCKETS,
  "_test_multiprocessing._TestMyManager.test_mymanager_context": SOCKETS,
  "_test_multiprocessing._TestMyManager.test_mymanager_context_prestarted": SOCKETS,
  "_test_multiprocessing._TestRemoteManager.test_remote": SOCKETS,
  spawn_refuses_files: FILES,
};

export const limits: Readonly<Record<string, Readonly<Record<string, string>>>> = { chromium: page, firefox: page };
