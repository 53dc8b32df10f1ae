// Facts from elsewhere: files, shown before they are taken, and the invented example; and their files.

"use strict";
(() => {
  const { el, say, button, fill, call } = W;
  const { isEmpty, tidy, lay, without, differing, count, words } = W.values;

  /** What was read from files, for a person to look at: how much, what is in doubt, what it says. */
  function wasRead(names, got, total, clash) {
    const worded = (p) => (typeof p === "string" ? p : [p.place, p.message, p.help].filter(Boolean).join(say("：", ": ")));
    const list = (zh, en, kind, all) => (all && all.length
      ? el("div", { class: `notice ${kind}` }, el("b", {}, say(zh, en)), el("ul", {}, all.map((p) => el("li", {}, worded(p))))) : null);
    const rows = Object.entries(got.facts).filter(([, v]) => !isEmpty(v)).map(([key, v]) => {
      const many = Array.isArray(v) ? say(`${v.length}条`, `${v.length} records`) : say(`${count(v)}项`, `${count(v)} facts`);
      const first = (r) => (r && typeof r === "object" ? words(Object.values(r)[0]) : words(r));
      const all = Array.isArray(v) ? v.map(first).join("；")
        : typeof v === "object" ? Object.entries(v).map(([k, w]) => `${k}：${words(w)}`).join("；") : words(v);
      return el("tr", {}, el("th", { scope: "row" }, key), el("td", { class: "n" }, many),
        el("td", {}, all.length > 120 ? all.slice(0, 120) + "……" : all));
    });
    return [
      el("p", {}, names.join(say("、", ", ")), say("：", ": "), total),
      list("没有读懂的地方", "Not understood", "error", got.unread),
      got.mapping ? el("p", {}, say("看不准的表和表头，可以写在映射里，和表一起再拖进来：", "What is not clear of tables and heads can be said in a mapping and dropped together with them: "),
        button(["下载 映射.yaml 的底稿", "Download a 映射.yaml to fill in"], () => W.download("映射.yaml", new TextEncoder().encode(got.mapping)), { class: "small", data: { do: "mapping" } })) : null,
      list("请看一下", "Please look at", "warning", got.notes),
      rows.length ? el("div", { class: "table d-read", tabindex: 0, role: "region", "aria-label": say("读到的事实", "What was read") }, el("table", {}, el("tbody", {}, rows))) : null,
      clash ? el("p", { class: "notice warning" }, say(`其中${clash}项与表单里已有的不同。`, `${clash} of them differ from what stands in the form.`)) : null,
    ];
  }

  /** What the draft view's `desk` does with them. */
  W.draftFacts = (desk) => {
    const { state } = desk;

    const isFacts = (name) => W.isFacts(name) || /\.json$/i.test(name);

    function source() {
      fill(desk.at.source,
        el("div", { class: "d-drop" },
          el("p", {}, say("有填好的表？把工作簿或事实文件（.xlsx .xls .et .csv .yaml）拖到这里，或", "A filled-in workbook or facts file (.xlsx .xls .et .csv .yaml)? Drop it here, or ")),
          el("div", { class: "row" },
            button(["选文件", "Choose files"], async () => read(await W.pick({ many: true, accept: `${W.factsEndings()},.json` })), { class: "small" }),
            state.template ? button(["下载空表，发给别人填", "Download an empty workbook"], () => factsFile("xlsx", {}), { class: "small" }) : null,
            state.template ? button(["填入示例", "Fill in the example"], example, { class: "small" }) : null)));
    }

    async function read(files) {
      if (!files.length) return;
      if (files.length === 1 && /\.json$/i.test(files[0].name)) {
        const data = await files[0].text().then(JSON.parse).catch(() => null);
        if (W.sitting.isSitting(data)) return W.sitting.open(data);
      }
      const known = files.filter((f) => isFacts(f.name));
      const other = files.filter((f) => !isFacts(f.name));
      if (other.length) {
        W.toast([`${other.map((f) => f.name).join("、")} 不是工作簿或事实文件，没有读`,
          `${other.map((f) => f.name).join(", ")}: no workbook or facts file, not read`], { kind: "error" });
      }
      if (!known.length) return;
      try {
        const bytes = await Promise.all(known.map(W.bytesOf));
        const { json } = await call("facts", { names: known.map((f) => f.name) }, bytes);
        await confirm(known.map((f) => f.name), json);
      } catch (error) {
        W.explainFailure(error);
      }
    }

    /** Shows what was read, and puts it into the form once that is wanted. */
    async function confirm(names, got) {
      const mine = tidy(state.facts);
      const clash = differing(mine, got.facts);
      const many = count(got.facts);
      const total = say(`读到${many}项事实。`, `${many} facts were read.`);
      const body = wasRead(names, got, total, clash);
      if (isEmpty(got.facts)) return W.dialog({ title: ["没有读到事实", "No facts were read"], body });
      const under = clash ? [{ say: ["只补空着的", "Only fill what is empty"], value: "under" }] : [];
      const buttons = [{ say: ["放入表单", "Put them into the form"], value: "over", main: true }, ...under, { say: ["不要", "Leave them"], value: null }];
      const way = await W.dialog({ title: ["从文件读到这些", "This was read"], body, buttons });
      if (!way) return;
      await desk.step(["放入读到的事实", "Put in what was read"], async () => {
        state.facts = lay(mine, got.facts, way);
        if (way === "over") Object.assign(state.places, got.places || {});
        const topic = (state.facts["工作"] || {})["主题"];
        const found = topic && desk.hello.topics.find((t) => t.id === topic || t.title === topic || (t.about || "").split("、").includes(topic));
        if (found) state.topic = found.id;
        if (state.template) await desk.load();
      });
      if (state.template) W.toast([`已放入表单：${total}`, `In the form now: ${total}`]);
      else W.toast(["读到的事实记下了。再选一种文稿。", "The facts are kept. Now choose a genre."]);
    }

    async function example() {
      const body = [el("p", {}, say("示例是虚构的（云岭县、林知远……），用来看看样子。填进去的每一处都会标出“虚构示例”，改过的不再标。",
        "The example is invented (云岭县, 林知远 …), to see how it looks. Each value is marked until you change it."))];
      const all = desk.empty() ? [] : [{ say: ["全部换成示例", "Replace all"], value: "over" }];
      const buttons = [{ say: ["填空着的", "Fill what is empty"], value: "under", main: true }, ...all, { say: ["不填", "Do not"], value: null }];
      const way = await W.dialog({ title: ["填入虚构的示例？", "Fill in the invented example?"], body, buttons });
      if (!way) return;
      await desk.step(["填入示例", "Filled in the example"], () => {
        const copy = JSON.parse(JSON.stringify(desk.form.example));
        state.facts = way === "over" ? copy : lay(tidy(state.facts), copy, "under");
        state.invented = true;
        desk.show("draft");
      });
    }

    /** How much of the example is still there, and how to be rid of it. */
    function invented() {
      fill(desk.at.invented, !state.invented || !desk.fields.left ? null : el("div", { class: "notice warning d-warn" },
        el("b", {}, say(`表里有${desk.fields.left}处是虚构的示例，不能当真。`, `${desk.fields.left} values are the invented example, not facts.`)), " ",
        say("交稿前请逐处换成真的，或", "Replace each before the paper goes out, or "),
        button(["清掉示例", "Clear the example"], clear, { class: "small" })));
    }

    function clear() {
      desk.step(["清掉示例", "Cleared the example"], () => {
        state.facts = without(state.facts, desk.form.example) || {};
        desk.show();
      });
    }

    const factsFile = (format, facts = desk.fields.given()) =>
      desk.save("facts_file", { facts, format, template: state.template || undefined, topic: state.topic || undefined });

    return { source, read, confirm, example, invented, factsFile };
  };
})();
