// Drives the button 送审包 of both views in a real browser: of a draft, and of a paper that is held against facts,
// twice each, since the second says what is different.
//
//   NODE_PATH=…/node_modules node tests/page/package.mjs ADDRESS-OR-FILE [zh|en] [WIDTH]
//
// Says a line for each thing tried, and ends with 1 if one is not as it must be.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checked, drop, open, tally } from "./browser.mjs";

const [target, lang = "zh", wide = "1280"] = process.argv.slice(2);
const { holds, end } = tally();
const scratch = mkdtempSync(join(tmpdir(), "wengao-package-"));
const { browser, page, account, shot } = await open(target, { lang, width: Number(wide) });

/** The bytes of the .zip that a press gives, as letters: names and stored marks are enough to look for. */
async function packed(press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
const has = (bytes, name) => bytes.includes(Buffer.from(name));

await page.click("#tab-draft");
const facts = await page.evaluate(async () => {
  const { json } = await W.call("form", { template: "speech/mobilization" });
  await W.draft.restore({ template: "speech/mobilization", facts: json.example, options: { length: null, sections: [], seed: 0 } });
  return json.example;
});
await page.waitForSelector('button[data-do="package"]', { state: "attached" });
if (await page.isVisible("#d-tab-pages")) await page.click("#d-tab-pages");
const press = () => page.click('button[data-do="package"]');
const first = await packed(press);
holds("a draft is handed out with its grounds in one file", first.name.endsWith(".zip") && ["依据.xlsx", "依据.html", "包.json"].every((name) => has(first.bytes, name)));
const second = await packed(press);
holds("the second one knows the first", second.bytes.length !== first.bytes.length);
await shot("package-draft");

writeFileSync(join(scratch, "汇报.md"), `# 汇报\n\n今年安排资金${facts["工作"]["资金"]}，养羊3500只。\n`);
writeFileSync(join(scratch, "事实.yaml"), JSON.stringify(facts));
await page.click("#tab-check");
await drop(page, "#drop", [join(scratch, "汇报.md")]);
await checked(page);
await page.evaluate(() => W.check.firstShown());
await page.waitForSelector('button[data-do="commented"]');
holds("without facts there is no button", !(await page.isVisible('button[data-do="package"]')));
await page.evaluate((facts) => W.check.setFacts({ name: "事实.yaml", facts, count: 1 }), facts);
await checked(page);
const paper = await packed(() => page.locator('button[data-do="package"]:visible').click());
holds("a paper is held against its facts", has(paper.bytes, "依据.html"));
holds("nothing was complained of", account.complaints.length === 0);
account.complaints.forEach((one) => console.log(one));
await browser.close();
end();
