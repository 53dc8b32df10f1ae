// Drives the view 起草 in a real browser, as a person would, and holds its files against the command line's.
//
//   NODE_PATH=…/node_modules node tests/page/draft.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// WENGAO is the program to compare with (target/release/wengao), SHOTS a folder for pictures. With zh and
// 1280 a workbook is dropped and every genre filled in from nothing besides.
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { drop, open, tally } from "./browser.mjs";

const [target, lang = "zh", wide = "1280"] = process.argv.slice(2);
const width = Number(wide);
const zh = lang === "zh";
const wengao = resolve(process.env.WENGAO || "target/release/wengao");
const scratch = mkdtempSync(join(tmpdir(), "wengao-draft-"));
const run = (...args) => execFileSync(wengao, args, { cwd: scratch, stdio: ["ignore", "pipe", "pipe"] }).toString();

const { holds, end } = tally();

// The page

let page = null;
let shot = null;

async function opened() {
  const one = await open(target, { lang, width });
  page = one.page;
  shot = (name) => one.shot(`draft-${name}`);
  await page.click("#tab-draft");
  return { wrong: one.account.complaints, close: () => one.browser.close() };
}

/** What a finger does. */
async function touch(locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  const client = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await client.detach();
  await page.waitForTimeout(400);
}

/** Until the answer to the last key is shown. */
const settled = async () => {
  await page.waitForTimeout(380);
  await page.waitForFunction(() => !document.querySelector(".d-busy"), null, { timeout: 20_000 });
  await page.waitForTimeout(30);
};
const text = () => page.evaluate(() => [...document.querySelectorAll(".d-pages .d-core > *, .d-reading > *")].map((e) => e.textContent).join("\n"));
const lacks = () => page.evaluate(() => [...document.querySelectorAll(".d-missing [data-path]")].map((b) => b.dataset.path));
const pane = async (name) => { if (await page.isVisible(`#d-tab-${name}`)) await page.click(`#d-tab-${name}`); };
const inDialog = async (name) => { await page.locator("dialog").getByRole("button", { name, exact: true }).click(); };
async function saved(press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(scratch, download.suggestedFilename());
  await download.saveAs(path);
  return { name: download.suggestedFilename(), path, bytes: readFileSync(path) };
}

/** Fills in what is missing, one after the other, with the examples that the fields show. */
async function fillAll(limit = 60) {
  let steps = 0;
  for (let left = await lacks(); left.length && steps < limit; left = await lacks()) {
    await page.evaluate(() => { const d = document.querySelector(".d-missing details"); if (d) d.open = true; });
    await page.locator(".d-missing [data-path]").first().click();
    const field = page.locator(":focus");
    if ((await field.evaluate((e) => e.tagName)) === "SELECT") await field.selectOption({ index: 1 });
    else await field.fill((await field.getAttribute("placeholder")).replace(/^(例：|e\.g\. )/, ""));
    await settled();
    if ((await lacks())[0] === left[0] && (await lacks()).length === left.length) return `${left[0]} is still missing`;
    steps += 1;
  }
  return (await lacks()).length ? `${await lacks()} are missing` : "";
}

/** Genre, topic, length, sections and wording are steps of the one undo, as what is typed is. */
async function takenBack() {
  const state = () => page.evaluate(() => { const { template, topic, options } = W.draft.state(); return JSON.stringify({ template, topic, options }); });
  const slide = (id, value) => page.locator(id).evaluate((range, to) => {
    range.value = to;
    range.dispatchEvent(new Event("input"));
    range.dispatchEvent(new Event("change"));
  }, value);
  const began = await text();
  const steps = [
    ["another wording", async () => { await pane("pages"); await page.click(".d-again"); }],
    ["the wording's number", () => slide("#d-seed", 7)],
    ["the length", () => slide("#d-length", 1500)],
    ["a section", () => page.locator("[data-section]").nth(1).uncheck()],
    ["the topic", async () => { await pane("form"); await page.locator("#d-topic").selectOption({ index: 3 }); }],
    ["the genre", async () => {
      await page.getByRole("button", { name: zh ? "换文种" : "Change", exact: true }).click();
      await page.click('[data-template="plan/implementation"]');
    }],
  ];
  const states = [await state()];
  for (const [, run] of steps) {
    await run();
    await settled();
    states.push(await state());
  }
  holds("each choice is one of its own", new Set(states).size === states.length, states.join("\n"));
  for (let n = steps.length; n > 0; n -= 1) {
    await page.click("#undo");
    await settled();
    holds(`undone: ${steps[n - 1][0]}`, (await state()) === states[n - 1], `${await state()} for ${states[n - 1]}`);
  }
  await pane("pages");
  await settled();
  holds("the draft is what it was", (await text()) === began);
  for (let n = 0; n < steps.length; n += 1) { await page.click("#redo"); await settled(); }
  holds("and all of it done again", (await state()) === states[steps.length]);
  for (let n = 0; n < steps.length; n += 1) { await page.click("#undo"); await settled(); }
  await pane("pages");
}

/** What the page says of fonts, held against those that the browser draws with, whatever there is here. */
async function itsFonts() {
  const fonts = await page.evaluate(() => W.fonts.fonts());
  const said = await page.locator(".d-fonts").textContent();
  const lacking = fonts.filter((f) => f.lacks);
  holds("the fonts that this machine lacks are named, with what is shown instead, and no other", fonts.length === 5 && (said !== "") === lacking.length > 0 &&
    fonts.every((f) => said.includes(f.name) === f.lacks) && lacking.every((f) => said.includes(zh ? f.told : f.shown || "the browser's own")), said);
  const client = await page.context().newCDPSession(page);
  await client.send("DOM.enable");
  await client.send("CSS.enable");
  const { root } = await client.send("DOM.getDocument");
  const drawn = async (selector) => {
    const { nodeId } = await client.send("DOM.querySelector", { nodeId: root.nodeId, selector });
    const { fonts: all } = await client.send("CSS.getPlatformFontsForNode", { nodeId });
    return all.sort((a, b) => b.glyphCount - a.glyphCount)[0].familyName;
  };
  for (const [mark, selector] of [["song", ".d-title"], ["fang", "p.d-paragraph, p.d-salutation"], ["hei", ".d-heading-1"]]) {
    const font = fonts.find((f) => f.mark === mark), is = await drawn(`.d-pages ${selector}`);
    // A system may be told to give another for a name, as it is for the pictures of the README.
    if (font.lacks && font.shown) holds(`${font.name} is drawn with the one that is said`, is.startsWith(font.shown), `${is}, said ${font.shown}`);
    else console.log(`     ${font.name} is drawn with ${is}`);
    holds("which the page knows for one that is there", await page.evaluate((name) => W.fonts.hasFont(name), is), is);
  }
  holds("and one that is nowhere for none", !await page.evaluate(() => W.fonts.hasFont("没有这种字体") || W.fonts.hasFont("FangSong_GB2313")));
  await client.detach();
}

// A speech from nothing

async function byForm() {
  const sitting = await opened();
  await shot("genres");
  await page.click('[data-template="speech/mobilization"]');
  await settled();
  await pane("pages");
  await page.waitForSelector(".d-pages [data-piece]");
  holds("the sample of the genre is shown and said to be invented", /云岭县/.test(await text()) && await page.isVisible(".d-bar .notice.warning"));
  await shot("sample");
  await pane("form");
  const first = await lacks();
  holds("what is missing is listed", first.length > 4, String(first));
  await page.click("#undo");
  await settled();
  holds("the first choice is taken back to none", await page.isVisible('[data-template="speech/mobilization"]') &&
    (await page.locator(".d-fields > *, .d-missing > *, .d-pages > *").count()) === 0);
  await page.click("#redo");
  await settled();
  holds("and made again", (await lacks()).join() === first.join());
  const values = await page.evaluate(() => [...document.querySelectorAll(".d-fields input[type=text], .d-fields textarea")].map((i) => i.value).join(""));
  holds("examples are no values", values === "", values);

  const field = page.locator(".d-field", { has: page.locator("label", { hasText: "讲话人职务" }) }).locator("input, textarea");
  await field.fill("完成投资x万元");
  await field.blur();
  const note = await page.locator(".d-field", { has: page.locator("label", { hasText: "讲话人职务" }) }).locator(".d-note").textContent();
  holds("a stand-in inside a sentence is told beside its field", note !== "");
  await field.fill("x万元");
  await field.blur();
  await settled();
  holds("a value that is a stand-in stays missing", (await lacks()).includes("document.speaker_title"), String(await lacks()));
  await shot("refused");
  await field.fill("");
  await settled();

  const left = await fillAll();
  holds("every needed field is reached from the list and filled", left === "", left);
  await shot("filled");
  await pane("pages");
  holds("nothing is left to fill in the draft", !/待补/.test(await text()));
  if (width > 500) {
    const sheets = await page.evaluate(() => [...document.querySelectorAll(".d-sheet .d-core")].slice(0, -1).map((c) => {
      const box = c.getBoundingClientRect();
      return (22 * (c.lastElementChild.getBoundingClientRect().bottom - box.top)) / box.height;
    }));
    holds("each page is full and none overflows", sheets.every((n) => n > 19.9 && n < 22.1), sheets.map((n) => n.toFixed(2)).join(" "));
  }

  await itsFonts();

  // Where a word is from
  const fact = page.locator(".d-fact", { hasText: "林知远" }).first();
  await fact.scrollIntoViewIfNeeded();
  if (width > 500) {
    await fact.hover();
    const bubble = await page.locator(".d-bubble").textContent();
    holds("a fact says its key and value on hover", /讲话人/.test(bubble) && /林知远/.test(bubble), bubble);
    await shot("hover");
    await page.locator(".d-phrase").first().hover();
    holds("a phrase says that it is one", /套语|Phrase/.test(await page.locator(".d-bubble").textContent()));
    await fact.click();
  } else {
    await touch(fact);
    await shot("touched");
    holds("a touch tells first", await page.isVisible(".d-bubble"));
    await touch(fact);
  }
  await page.waitForTimeout(100);
  const now = page.locator(":focus");
  holds("a click on a fact goes to its field", (await now.inputValue().catch(() => "")) === "林知远");

  // By keyboard
  await pane("pages");
  await page.locator('.d-pages [data-piece][tabindex="0"]').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  holds("arrow keys go from word to word", await page.isVisible(".d-bubble"));
  await page.keyboard.press("Escape");
  holds("Escape closes what is told", !(await page.isVisible(".d-bubble")));

  // Wording, length, sections
  const before = await text();
  await page.click(".d-again");
  await settled();
  holds("another wording is another text", (await text()) !== before);
  await page.locator(".d-tune summary").click();
  await page.locator("#d-seed").fill("0");
  await settled();
  holds("the same number is the same text", (await text()) === before);
  const boxes = page.locator("[data-section]");
  const count = await boxes.count();
  const tasks = page.locator('[data-section="tasks"]');
  await tasks.uncheck();
  await settled();
  holds("a section can be left out", (await text()).length < before.length && (await page.locator("[data-section]:checked").count()) === count - 1);
  await shot("tuned");
  await tasks.check();
  await settled();

  await takenBack();

  // A card
  await pane("form");
  const cards = page.locator(".d-list", { has: page.locator("legend", { hasText: /^任务/ }) }).first().locator(".d-card");
  const had = await cards.count();
  await page.getByRole("button", { name: zh ? "＋ 再加一条任务" : "＋ Add one: 任务" }).click();
  await page.keyboard.type("抓好第二件事");
  await settled();
  holds("a card can be added", (await cards.count()) === had + 1);
  await pane("pages");
  holds("and is in the draft at once", /抓好第二件事/.test(await text()));
  await pane("form");
  const hanging = await page.locator(".d-loose li").allTextContents();
  holds("what the new card lacks hangs loose", hanging.some((t) => t.includes("“抓好第二件事”")), hanging.join("\n"));
  await cards.nth(1).locator(".d-up").click();
  await settled();
  holds("a card can be moved", (await cards.nth(0).locator("input, textarea").first().inputValue()) === "抓好第二件事");
  await cards.nth(0).locator(".d-remove").click();
  await settled();
  holds("and removed", (await cards.count()) === had);
  await page.click("#undo");
  await settled();
  holds("and undone", (await cards.count()) === had + 1);
  await page.click("#redo");
  await settled();
  const name = page.locator(".d-field", { has: page.locator("label", { hasText: "讲话人职务" }) }).locator("input, textarea").first();
  const was = await name.inputValue();
  await name.fill("县长");
  await name.blur();
  await page.click("#undo");
  await settled();
  holds("what was typed is undone as a step of its own", (await name.inputValue()) === was && (await cards.count()) === had);

  // A sitting
  await pane("pages");
  const drafted = await text();
  const kept = await saved(() => page.click("#save-sitting"));
  const wrong = sitting.wrong.splice(0);
  holds("no error was thrown", wrong.length === 0, wrong.join("\n"));
  await sitting.close();
  const again = await opened();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("#open-sitting")]);
  await chooser.setFiles(kept.path);
  await settled();
  await settled();
  await pane("pages");
  holds("a saved sitting opens with the same draft", (await text()) === drafted);
  await page.click("#lang");
  await settled();
  await settled();
  await pane("pages");
  holds("the other language shows the same draft", (await text()) === drafted);
  await shot("other-language");
  holds("no error was thrown then", again.wrong.length === 0, again.wrong.join("\n"));
  await again.close();
}

// The plan beside the form

async function thePlan() {
  const sitting = await opened();
  await page.click('[data-template="speech/mobilization"]');
  await settled();
  holds("without facts there is no plan", !(await page.isVisible(".d-plan")) && (await page.locator(".d-planned[hidden]").count()) === 1);
  /** A field of the nth record of a list, made if it is not there. */
  const record = async (list, n, key, value) => {
    await pane("form");
    const box = page.locator(".d-list", { has: page.locator("legend", { hasText: new RegExp(`^${list}`) }) }).first();
    await box.evaluate((e) => { for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; });
    while ((await box.locator(".d-card").count()) <= n) await box.locator(".d-add").click();
    const field = box.locator(".d-card").nth(n).locator(".d-field", { has: page.locator("label", { hasText: new RegExp(`^${key}`) }) }).first().locator("input, textarea");
    await field.evaluate((e) => { for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; });
    await field.fill(value);
    await field.dispatchEvent("change");
  };
  const loose = async () => {
    await settled();
    await pane("pages");
    return page.locator(".d-loose li").allTextContents();
  };
  await record("问题", 0, "名称", "管网漏损高");
  await record("问题", 1, "名称", "值班脱岗");
  await record("任务", 0, "名称", "更换漏损管网");
  for (const [key, value] of [["牵头单位", "县水务局"], ["完成时限", "9月底前"], ["目标", "漏损率降到12%以内"]]) await record("任务", 0, key, value);
  await settled();
  await pane("pages");
  const head = page.locator(".d-plan > summary");
  holds("the panel tells how much there is and hangs loose", (zh ? /2个问题、1项任务，悬空1处/ : /2 problems, 1 task, 1 loose end$/).test(await head.textContent()), await head.textContent());
  holds("and is quiet until it is opened", !(await page.isVisible(".d-plan-body")));
  await head.focus();
  await page.keyboard.press("Enter");
  const first = await loose();
  holds("the problem that no task answers is told", first.length === 1 && first[0].includes("值班脱岗"), first.join("\n"));
  const tree = await page.locator(".d-tree > li").allTextContents();
  holds("a task stands under its problem, with owner and due", tree.some((t) => /管网漏损高.*更换漏损管网.*县水务局，9月底前.*12%/.test(t)), tree.join("\n"));
  const wanted = await page.locator(".d-wanted button").count();
  holds("the facts that would improve it are told, ten at most", wanted > 0 && wanted <= 10, `${wanted}`);
  await shot("plan");
  await head.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(100);
  holds("a key on a loose end goes to where a task is added", await page.evaluate(() => document.activeElement.classList.contains("d-add")));
  await record("任务", 1, "名称", "严格巡护值守");
  const second = await loose();
  holds("a task without owner, day and target hangs loose too", second.length === 2 && second.some((t) => t.includes("严格巡护值守")), second.join("\n"));
  await page.locator(".d-loose button").first().click();
  await page.waitForTimeout(100);
  const field = await page.locator(":focus").elementHandle();
  const label = await field.evaluate((e) => e.labels && e.labels[0] && e.labels[0].textContent);
  holds("a click goes to the field that mends it", /^针对/.test(label || ""), label);
  await field.fill("台账不清");
  holds("a name that is none is told", (await loose()).some((t) => t.includes("“台账不清”")));
  await pane("form");
  await field.fill("值班脱岗");
  const third = await loose();
  holds("the problem that is answered goes", third.length === 1 && !third[0].includes("值班脱岗") && third[0].includes("严格巡护值守"), third.join("\n"));
  await pane("form");
  const picks = page.locator(".d-picks:visible").last();
  const pick = picks.getByRole("button", { name: "值班脱岗", exact: true });
  holds("the problems are there to choose, and what is chosen shows", (await picks.locator("button").allTextContents()).join() === "管网漏损高,值班脱岗" && (await pick.getAttribute("aria-pressed")) === "true");
  await pick.scrollIntoViewIfNeeded();
  await shot("plan-form");
  await pick.click();
  holds("taken out it hangs loose again", (await loose()).some((t) => t.includes("值班脱岗")));
  await pane("form");
  await pick.click();
  holds("and put in it does not", !(await loose()).some((t) => t.includes("值班脱岗")));
  await page.locator(".d-wanted button").first().click();
  await page.waitForTimeout(100);
  holds("a fact that is wanted leads to its field", await page.evaluate(() => document.activeElement.closest(".d-form") !== null));
  holds("nothing is wider than the window", (await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await pane("pages");
  await page.click("#lang");
  await settled();
  await settled();
  await pane("pages");
  holds("the other language has it too, still open", (await page.isVisible(".d-plan-body")) && (await page.locator(".d-plan > summary").textContent()).startsWith(zh ? "Plan" : "谋篇"));
  holds("no error was thrown by the plan", sitting.wrong.length === 0, sitting.wrong.join("\n"));
  await sitting.close();
}

// A speech from a workbook

async function byWorkbook() {
  run("facts", "new", "speech/mobilization", "--example", "--xlsx", "f.xlsx");
  const sitting = await opened();
  await page.click('[data-template="speech/mobilization"]');
  await settled();
  await drop(page, ".d-drop", [join(scratch, "f.xlsx")]);
  await page.waitForSelector("dialog");
  await shot("workbook-read");
  const said = await page.locator("dialog").textContent();
  holds("what was read is shown before it is taken", /f\.xlsx/.test(said) && /任务/.test(said) && /5条/.test(said), said.slice(0, 200));
  await inDialog("放入表单");
  await settled();
  await settled();
  holds("nothing is missing", (await lacks()).length === 0, String(await lacks()));
  await shot("workbook-drafted");
  const docx = await saved(() => page.getByRole("button", { name: "下载 .docx" }).click());
  const yaml = await saved(() => page.getByRole("button", { name: "下载事实 .yaml" }).click());
  const xlsx = await saved(() => page.getByRole("button", { name: "下载事实 .xlsx" }).click());
  const txt = await saved(() => page.getByRole("button", { name: "下载 .txt" }).click());
  const md = await saved(() => page.getByRole("button", { name: "下载 .md" }).click());
  holds("files have names and bytes", [docx, yaml, xlsx, txt, md].every((f) => f.bytes.length > 99), [docx, yaml, xlsx, txt, md].map((f) => f.name).join(" "));
  run("draft", "speech/mobilization", "--facts", "f.xlsx", "--output", "cli.docx", "--output", "cli.txt");
  for (const [name, mine] of [["cli.docx", docx], ["cli.txt", txt]]) {
    holds(`${mine.name} is the command line's, byte for byte`, readFileSync(join(scratch, name)).equals(mine.bytes));
  }
  for (const file of [yaml, xlsx]) {
    writeFileSync(join(scratch, `again.${file.name.split(".").pop()}`), file.bytes);
    run("draft", "speech/mobilization", "--facts", `again.${file.name.split(".").pop()}`, "--output", "again.txt", "--force");
    holds(`${file.name} drafts the same speech`, readFileSync(join(scratch, "again.txt")).equals(txt.bytes));
  }
  const computed = page.locator(".d-computed").first();
  await computed.scrollIntoViewIfNeeded();
  await computed.hover();
  const bubble = await page.locator(".d-bubble").textContent();
  holds("a computed figure says what from", /算出/.test(bubble) && /指标/.test(bubble), bubble);
  await shot("computed");
  holds("no error was thrown", sitting.wrong.length === 0, sitting.wrong.join("\n"));
  await sitting.close();
}

// Every genre

async function everyGenre() {
  const sitting = await opened();
  const ids = await page.evaluate(() => [...document.querySelectorAll("[data-template]")].map((b) => b.dataset.template));
  await sitting.close();
  for (const id of ids) {
    const one = await opened();
    await page.click(`[data-template="${id}"]`);
    await settled();
    const left = await fillAll();
    const wrong = left || one.wrong.join("\n") || (/待补/.test(await text()) ? "blanks are left" : "");
    holds(`from nothing by its form: ${id}`, !wrong, wrong);
    if (wrong) await shot(`genre-${id.replace("/", "-")}`);
    await one.close();
  }
}

try {
  await byForm();
  await thePlan();
  if (zh && width > 1000) {
    await byWorkbook();
    await everyGenre();
  }
} catch (error) {
  holds("the test ran to its end", false, error.stack);
  if (shot) await shot("where-it-ended").catch(() => {});
}
end();
