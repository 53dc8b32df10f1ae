// Drives the check view in a real browser and holds what it hands out against the command line.
//
//   NODE_PATH=…/node_modules node tests/page/drive.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// WENGAO is the program to compare with (target/release/wengao), SHOTS a folder for pictures.
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checked, downloaded, drop, keptQuiet, open } from "./browser.mjs";
import { docx } from "./paper.mjs";

const [target, lang = "zh", width = "1280"] = process.argv.slice(2);
const wengao = path.resolve(process.env.WENGAO || "target/release/wengao");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "wengao-drive-"));
let failures = 0;

function holds(name, ok, more = "") {
  if (!ok) failures += 1;
  console.log(`${ok ? "ok  " : "FAIL"} ${name}${more === "" ? "" : `: ${more}`}`);
}

// What is dropped

const BAD = [
  "# 关于做好全县森林防火工作的通知", "各乡镇人民政府：", "## 一、任务",
  "２０２４年，全县完成投资3亿元,同比增长5%。。请于2026年XX月XX日前报送。", "## 三、要求", "一律从严问责。（此处填写问责条款）",
].join("\n\n");

const SPEECH = [
  "在全县森林防火工作动员会上的讲话", "同志们：", "一、统一思想",
  "2026年,全县完成投资3亿元,同比增长5%。。下面,请XX同志发言。", "二、明确任务", "要做好以下三点：一是宣传。二是巡护。",
  "四、加强保障", "各乡镇要高度重视；；各部门要密切配合。",
];

const today = () => {
  const now = new Date(), two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** A program that ends with 1 because it found something has done its work. */
function run(args) {
  try {
    return execFileSync(wengao, [...args, "--lang", lang], { cwd: folder, stdio: "pipe" });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

function prepare() {
  const pile = path.join(folder, "文件夹");
  fs.mkdirSync(path.join(pile, "里层"), { recursive: true });
  fs.writeFileSync(path.join(pile, "通知.md"), BAD);
  fs.writeFileSync(path.join(pile, "里层", "通知.txt"), BAD.replace(/^#+ /gm, ""));
  fs.writeFileSync(path.join(pile, "坏的.docx"), "not a zip");
  fs.writeFileSync(path.join(pile, "照片.jpg"), "picture");
  const paper = path.join(folder, "讲话.docx");
  fs.writeFileSync(paper, docx(SPEECH));
  return { paper, pile };
}

// Looking

const all = (page) => page.evaluate(() => W.check.papers().flatMap((item) => W.check.findings(item).map((f) => f.key)));
const statuses = (page, name) => page.evaluate((is) => W.check.papers().flatMap((i) => W.check.findings(i)).filter((f) => W.check.status(f) === is).length, name);
const now = (page) => page.evaluate(() => W.check.now && W.check.now.key);
const focusOnCard = (page) => page.evaluate(() => document.activeElement.classList.contains("card") && document.activeElement.classList.contains("now"));

// The steps

async function dropping({ page, shot }, files) {
  await shot("0-empty");
  await drop(page, "#drop", [files.paper, files.pile]);
  await checked(page);
  const rows = await page.$$eval("tr[data-path]", (list) => list.map((row) => [row.dataset.path, row.dataset.state]));
  const state = new Map(rows);
  holds("a .docx and a folder are dropped at once", rows.length === 4, JSON.stringify(rows));
  holds("the folder's inner files keep their way", state.get("文件夹/里层/通知.txt") === "checked");
  holds("what cannot be read is said not to be read", state.get("文件夹/坏的.docx") === "unread");
  await shot("1-dropped");
}

async function byKeyboard({ page, shot }) {
  await page.check("[name=severity][value=info]");
  const wanted = await all(page), seen = new Set();
  let focused = true;
  for (let n = 0; n <= wanted.length + 2; n += 1) {
    await page.keyboard.press("F8");
    const key = await now(page);
    if (key === null || seen.has(key)) break;
    seen.add(key);
    focused = focused && await focusOnCard(page);
    if (n === 2) await shot("2-finding");
  }
  holds("F8 reaches each finding of all papers", seen.size === wanted.length && wanted.every((key) => seen.has(key)), `${seen.size} of ${wanted.length}`);
  holds("the focus is on the finding's card each time", focused);
  const last = await now(page);
  await page.keyboard.press("Shift+F8");
  holds("Shift+F8 goes back", (await now(page)) !== last);
}

async function clicking({ page }) {
  await page.click('tr[data-path="文件夹/通知.md"] td.name button');
  const second = page.locator(".card").nth(1);
  await second.locator(".meta").click();
  holds("a click on a card marks the words", (await page.locator("mark.now").count()) > 0);
  await page.locator("mark:not(.off)").first().click();
  holds("a click on the words lights the card", (await page.locator(".card.now").count()) === 1 && await focusOnCard(page));
}

async function deciding({ page, shot }) {
  await page.click('tr[data-path="文件夹/通知.md"] td.name button');
  await page.locator(".card:has([data-do=accept]) .meta").first().click();
  const mine = await now(page), before = await statuses(page, "accepted");
  await page.keyboard.press("Enter");
  holds("Enter accepts the fix", (await statuses(page, "accepted")) === before + 1 && (await page.locator("mark.done ins").count()) > 0);
  holds("and goes on to the next finding", (await now(page)) !== mine);
  await shot("3-accepted");
  await page.keyboard.press("Control+z");
  holds("Ctrl+Z takes it back, and shows where", (await statuses(page, "accepted")) === before && (await now(page)) === mine && (await page.locator("mark ins").count()) === 0);
  await page.keyboard.press("Control+y");
  holds("Ctrl+Y does it again", (await statuses(page, "accepted")) === before + 1);
  await page.keyboard.press("Control+z");
  await page.locator(".card .meta").first().click();
  await page.keyboard.press("Delete");
  holds("Delete ignores", (await statuses(page, "ignored")) === 1);
  await page.keyboard.press("Control+z");
  const kind = page.locator(".card.now [data-do=ignore-kind]");
  const rule = await page.evaluate(() => W.check.now.key.split("\n")[1]);
  const like = (await all(page)).filter((key) => key.split("\n")[1] === rule).length;
  await kind.click();
  holds("a kind is ignored in all papers", (await statuses(page, "ignored")) === like, `${like} of ${rule}`);
  await shot("4-kind");
  await page.keyboard.press("Control+z");
  holds("and one undo brings all of it back", (await statuses(page, "ignored")) === 0);
  await page.locator(".card.now [data-do=explain]").click();
  holds("a rule is explained at hand", (await page.locator("dialog .words").innerText()).length > 50);
  await shot("5-explain");
  await page.keyboard.press("Escape");
}

async function sameFiles({ page }) {
  await page.click('tr[data-path="讲话.docx"] td.name button');
  const commented = await downloaded(page, "[data-do=commented]");
  run(["check", "讲话.docx", "--show-info", "--all", "--as-of", today(), "-o", "批注.docx"]);
  holds("the commented .docx is the command line's, byte for byte", commented.bytes.equals(fs.readFileSync(path.join(folder, "批注.docx"))), `${commented.name}, ${commented.bytes.length} bytes`);
  await page.click("[data-do=corrected]");
  const [corrected] = await Promise.all([page.waitForEvent("download"), page.click("dialog button.main")]);
  const bytes = fs.readFileSync(await corrected.path());
  run(["fix", "--write", "讲话.docx", "--as-of", today()]);
  holds("the corrected .docx is the command line's, byte for byte", bytes.equals(fs.readFileSync(path.join(folder, "讲话.docx"))), `${corrected.suggestedFilename()}, ${bytes.length} bytes`);
  for (const format of ["xlsx", "html"]) {
    const one = await downloaded(page, `[data-do=${format}]`);
    holds(`a report as ${format}`, one.bytes.length > 2_000, one.name);
  }
}

async function sittings({ page, address }) {
  const accepted = await statuses(page, "accepted");
  const saved = await downloaded(page, "#save-sitting");
  const file = path.join(folder, "进度.json");
  fs.writeFileSync(file, saved.bytes);
  await page.locator(".card .meta").first().click();
  await page.keyboard.press("Delete");
  let asked = false;
  page.once("dialog", (dialog) => { asked = dialog.type() === "beforeunload"; dialog.accept(); });
  await page.reload();
  await page.waitForSelector("body[data-ready]");
  holds("a reload asks first", asked);
  await drop(page, "#drop", [file]);
  await checked(page);
  holds("a saved sitting opens with its files and decisions", (await statuses(page, "accepted")) === accepted && (await page.locator("tr[data-path]").count()) === 4, `${accepted} accepted`);
  holds("the address holds no token", !page.url().includes("#"), /^http/.test(address) ? page.url() : "a file");
}

async function otherPlaces({ page }) {
  await page.click("#beside > summary");
  await page.fill("#locality", "云岭县");
  await page.locator("#locality").blur();
  const other = path.join(folder, "外地.md");
  fs.writeFileSync(other, "# 在霞屿市会议上的讲话\n\n要坚持问题导向，把山头地块管起来，把责任落实到每一个网格、每一名护林员、每一户群众身上。\n");
  await drop(page, "#others", [other]);
  await checked(page);
  holds("papers of other places are taken for this sitting", (await page.locator("#others").innerText()).includes("1") && (await page.locator("tr[data-path]").count()) === 4);
  await page.click("#beside > summary");
}

async function speaking({ page, shot }) {
  await page.click("#lang");
  await checked(page);
  await page.waitForTimeout(300);
  const words = await page.locator("#summary").innerText();
  holds("the other language, with everything kept", lang === "zh" ? /papers/.test(words) : /份文稿/.test(words), words);
  await shot("6-other-language");
}

/** The server ends when its page is closed; a file has none. */
async function closing({ page, address }) {
  if (!/^http/.test(address)) return;
  await page.close();
  const isThere = () => fetch(new URL("/", address)).then(() => true, () => false);
  const began = Date.now();
  while (Date.now() - began < 15_000 && await isThere()) await new Promise((soon) => setTimeout(soon, 500));
  holds("the program ends when the page is closed", !await isThere(), `after ${Date.now() - began} ms`);
}

const sitting = await open(target, { lang, width: Number(width) });
try {
  console.log(`started in ${sitting.account.started} ms`);
  await dropping(sitting, prepare());
  await byKeyboard(sitting);
  await clicking(sitting);
  await deciding(sitting);
  await sameFiles(sitting);
  await sittings(sitting);
  await otherPlaces(sitting);
  await speaking(sitting);
  const wide = await sitting.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  holds("nothing is wider than the window", wide <= 0, `${wide}`);
  keptQuiet(holds, sitting);
  await closing(sitting);
} catch (error) {
  holds("the drive came to its end", false, error.stack);
}
await sitting.browser.close();
fs.rmSync(folder, { recursive: true });
process.exit(failures === 0 ? 0 : 1);
