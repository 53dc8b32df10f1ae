// Times the page in one file beside the program that it was made of, by turns, so that both meet the same
// machine: how soon it opens, and how long each takes over a paper.
//
//   NODE_PATH=…/node_modules node tests/page/speed.mjs 文稿.html PAPER…
//
// WENGAO is the program (target/release/wengao). The program's time is that of its whole process; the page's
// that of one call, parcel and answer included. A busy machine spoils the figures: nothing is asserted.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { open } from "./browser.mjs";

const TURNS = 9;
const [target, ...papers] = process.argv.slice(2);
const wengao = path.resolve(process.env.WENGAO || "target/release/wengao");
const today = new Date().toISOString().slice(0, 10);

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

function native(paper) {
  const began = process.hrtime.bigint();
  try {
    execFileSync(wengao, ["check", paper, "--format", "json", "--all", "--show-info", "--lang", "zh"], { stdio: "pipe" });
  } catch (error) {
    if (error.status !== 1) throw error; // It found something.
  }
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/** One call of the page, timed where a person waits for it. */
const inPage = (page, name, base64) => page.evaluate(async ([name, base64, today]) => {
  const file = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const parcel = W.pack({ lang: "zh", today, names: [name], others: [] }, [file]);
  const began = performance.now();
  await carrier.call("check", parcel);
  return performance.now() - began;
}, [name, base64, today]);

const starts = [];
for (let turn = 0; turn < 5; turn += 1) {
  const { browser, account } = await open(target);
  starts.push(account.started);
  await browser.close();
}
console.log(`opens in ${median(starts)} ms (${starts.join(", ")})`);

const { browser, page } = await open(target);
for (const paper of papers) {
  const base64 = fs.readFileSync(paper).toString("base64");
  const [mine, its] = [[], []];
  const first = await inPage(page, path.basename(paper), base64);
  for (let turn = 0; turn < TURNS; turn += 1) {
    mine.push(native(paper));
    its.push(await inPage(page, path.basename(paper), base64));
  }
  const [program, file] = [median(mine), median(its)];
  console.log(`${path.basename(paper)}: program ${program.toFixed(0)} ms, page ${file.toFixed(0)} ms (the first time ${first.toFixed(0)}), ${(file / program).toFixed(1)} times`);
}
await browser.close();
