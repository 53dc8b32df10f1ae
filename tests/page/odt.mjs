// Drops an .odt on the check view and holds what is handed back against the command line.
//
//   NODE_PATH=…/node_modules node tests/page/odt.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// WENGAO is the program to compare with (target/release/wengao).

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checked, downloaded, drop, keptQuiet, open, tally } from "./browser.mjs";
import { odt } from "./paper.mjs";

const [target, lang = "zh", width = "1280"] = process.argv.slice(2);
const wengao = path.resolve(process.env.WENGAO || "target/release/wengao");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wengao-odt-"));
const { holds, end } = tally();

const SPEECH = ["在全县森林防火工作会上的讲话", "同志们：", "今年以来,全县投资增长5%。。各乡镇要高度重视；；抓好落实。", "请于2026年XX月XX日前报送。"];

function today() {
  const now = new Date(), two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Runs the program as a person does; findings end it with 1. */
function run(args) {
  try {
    execFileSync(wengao, ["--lang", lang, ...args, "--as-of", today()], { cwd: folder, stdio: "ignore" });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
}

async function corrected(page) {
  await page.click("[data-do=corrected]");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("dialog button.main")]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

const paper = path.join(folder, "稿.odt"), own = odt(SPEECH);
const again = () => fs.writeFileSync(paper, own);
const same = (what, one, name) => holds(what, one.name.endsWith(".odt") && one.bytes.equals(fs.readFileSync(path.join(folder, name))), `${one.name}, ${one.bytes.length} bytes`);
again();
const sitting = await open(target, { lang, width: Number(width) });
try {
  const { page } = sitting;
  await drop(page, "#drop", [paper]);
  await checked(page);
  run(["check", "稿.odt", "--show-info", "--all", "-o", "批注.odt"]);
  same("the commented .odt is the command line's, byte for byte", await downloaded(page, "[data-do=commented]"), "批注.odt");
  run(["fix", "--write", "稿.odt"]);
  same("so is the corrected one", await corrected(page), "稿.odt");
  again();
  run(["fix", "--track", "--write", "稿.odt"]);
  await page.check("#c-track");
  // All is accepted by now, so nothing is asked.
  same("and the one with its changes tracked", await downloaded(page, "[data-do=corrected]"), "稿.odt");
  keptQuiet(holds, sitting);
} catch (error) {
  holds("the drive came to its end", false, error.stack);
}
await sitting.browser.close();
fs.rmSync(folder, { recursive: true });
end();
