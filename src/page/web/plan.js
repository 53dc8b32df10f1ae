// The plan beside the form (谋篇): what hangs loose, what answers what, which facts would help most.
//
// All of it is the program's (`wengao.plan/1`); here it is only laid out. Each name is the way to its field.

"use strict";
(() => {
  const { el, say, fill, many } = W;

  const CONDITIONS = {
    ahead: ["总体：好的，没有落后的指标", "On the whole: ahead, no figure is behind"],
    behind: ["总体：落后的指标更多", "On the whole: more figures are behind than ahead"],
    mixed: ["总体：有好有差", "On the whole: some figures are ahead, some behind"],
  };
  const VERDICTS = { ahead: ["good", "好", "ahead"], behind: ["warning", "落后", "behind"] };

  const joined = (words, by) => words.filter(Boolean).join(by);
  const list = (items) => (items.length ? el("ul", {}, items) : null);

  class Panel {
    /** `visit` goes to the field of a path; `nameOf` is its name in the form, nothing if it is not asked for. */
    constructor(host, visit, nameOf, open) {
      Object.assign(this, { host, visit, nameOf, shown: "", loose: 0 });
      host.hidden = true;
      this.head = el("span", { class: "aside" });
      this.body = el("div", { class: "d-plan-body" });
      this.told = el("p", { class: "seen", role: "status" });
      this.box = el("details", { class: "d-plan", open }, el("summary", {}, el("b", {}, say("谋篇", "Plan")), this.head), this.body);
      fill(host, this.box, this.told);
    }

    get open() { return this.box.open; }

    /** Shows a plan, or none, with the facts that are wanted. */
    show(plan, wanted = []) {
      const now = JSON.stringify([plan, wanted]);
      if (now === this.shown) return;
      this.shown = now;
      this.host.hidden = !plan && !wanted.length;
      const loose = plan ? plan.loose : [];
      const counts = plan && joined([say(`${plan.problems.length}个问题`, many(plan.problems.length, "problem")),
        say(`${plan.tasks.length}项任务`, many(plan.tasks.length, "task"))], say("、", ", "));
      fill(this.head, plan ? [" ", counts, say("，", ", "), loose.length ? el("b", { class: "d-hangs" }, this.count(loose.length)) : this.count(0)]
        : say(` 补上${wanted.length}项，稿子更好`, ` ${many(wanted.length, "fact")} would improve the draft`));
      if (loose.length !== this.loose) this.told.textContent = say("谋篇：", "Plan: ") + this.count(loose.length);
      this.loose = loose.length;
      fill(this.body,
        loose.length ? [el("h3", {}, say("悬空", "Loose ends")),
          el("ul", { class: "d-loose" }, loose.map((one) => el("li", {}, this.way(one.field, /\]$/.test(one.field) && say("加一项任务", "Add a task")), " ", one.say)))] : null,
        plan ? [el("h3", {}, say("什么回应什么", "What answers what")), this.tree(plan)] : null,
        wanted.length ? [el("h3", {}, say("补上这些，稿子更好", "What would improve the draft most")),
          el("ul", { class: "d-wanted" }, wanted.map((one) => this.want(one)))] : null);
    }

    count(n) {
      return n ? say(`悬空${n}处`, many(n, "loose end")) : say("没有悬空的", "nothing loose");
    }

    /** The way to a field, by its name or these words; words alone where the form has no such field. */
    way(path, words) {
      const name = this.nameOf(path);
      if (!name) return words || "";
      return el("button", { type: "button", class: "quiet", data: { plan: path }, on: { click: () => this.visit(path) } }, words || name);
    }

    want({ key, label, path, count }) {
      const lacking = path.includes("[") && count > 1 ? say(`（缺${count}处）`, ` (${count} lacking)`) : "";
      return el("li", {}, this.way(path, key.replace(/\./g, " › ")), el("span", { class: "aside" }, say("", ` ${label}`), lacking));
    }

    tree(plan) {
      const line = (zh, en, words, below = []) => el("li", {}, el("span", { class: "d-kind" }, say(zh, en)), words, list(below));
      const aside = (...words) => el("span", { class: "aside" }, joined(words, "，"));
      const figure = ({ name, value, base, said = "", gap, pace, verdict, path }) => {
        const [kind, zh, en] = VERDICTS[verdict] || [];
        const words = said.startsWith(name) ? said.slice(name.length) : said || ` ${joined([base, value], "→")}`;
        return line(path.startsWith("targets") ? "目标" : "指标", path.startsWith("targets") ? "target" : "figure",
          [this.way(path, name), words, " ", aside(gap, pace), kind ? [" ", el("span", { class: `badge ${kind}` }, say(zh, en))] : null]);
      };
      const task = (t) => line("任务", "task", [this.way(t.path, t.name), aside(t.owner, t.due)],
        [t.target ? line("目标", "target", t.target) : null, ...t.targets.map(figure), ...t.indicators.map(figure)].filter(Boolean));
      const problem = (p) => {
        const tasks = p.tasks.map((name) => plan.tasks.find((t) => t.name === name)).filter(Boolean)
          .map((t) => (t.problem === p.name ? task(t) : line("任务", "task", [t.name, aside(say("见另一问题", "see another problem"))])));
        const below = [p.cause ? line("原因", "cause", p.cause) : null, ...tasks, ...p.measures.map((name) => line("措施", "measure", name))].filter(Boolean);
        if (!tasks.length && !p.measures.length) below.push(el("li", { class: "d-hangs" }, say("没有任务回应", "no task answers it")));
        return line("问题", "problem", [this.way(p.path, p.name), aside(p.unit)], below);
      };
      const condition = CONDITIONS[plan.condition];
      return [condition ? el("p", { class: "aside" }, say(...condition)) : null,
        el("ul", { class: "d-tree" }, plan.problems.map(problem), plan.tasks.filter((t) => !t.problem).map(task),
          [...plan.behind, ...plan.good, ...plan.level].filter((i) => i.said).map(figure))];
    }
  }

  W.plan = { Panel };
})();
