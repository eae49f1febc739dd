// A thread thinks of a number; the main thread asks for it.
import { threading } from "pythreads";
import { input, int, print } from "pythreads/builtins";
import { Queue } from "pythreads/queue";

const guesses = Queue();
const answers = Queue();

function judge(secret: number) {
  while (true) {
    const guess = guesses.get();
    answers.put(guess < secret ? "more" : guess > secret ? "less" : "right");
    if (guess === secret) return;
  }
}

const t = threading.Thread({ target: judge, args: [7] });
t.start();
let answer = "";
while (answer !== "right") {
  guesses.put(int(input("your guess: ")));
  answer = answers.get();
  print(answer);
}
t.join();
