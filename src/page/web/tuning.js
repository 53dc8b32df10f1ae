// The controls over a draft's length, sections and wording.

"use strict";
(() => {
  const { el, say, fill } = W;

  /** The controls over a draft's options, which they change; `changed` is called after, and `done` with
   *  what it was once a hand has come to rest. */
  function tuning(options, all, changed, done) {
    const slider = (id, pair, range, value, shown, set) => {
      const output = el("output", { for: id }, shown(value));
      const input = el("input", { type: "range", id, ...range, value: "0", on: { input: () => {
        output.textContent = shown(+input.value);
        set(+input.value);
        changed();
      }, change: () => done(pair) } });
      input.value = value;
      return Object.assign(el("div", { class: "slider" }, el("label", { for: id }, say(...pair)), input, output), { input, output });
    };
    const length = slider("d-length", ["字数（事实不够不凑）", "Length (never padded)"], { min: 0, max: 8000, step: 100 }, options.length,
      (n) => (n ? say(`约${n}字`, `about ${n} characters`) : say("不限", "no limit")), (n) => { options.length = n; });
    const seed = slider("d-seed", ["说法（同一个数，同一篇）", "Wording (one number, one text)"], { min: 0, max: 99, step: 1 }, options.seed % 100,
      String, (n) => { options.seed = n; });
    const rows = el("ol", { class: "d-sections" });
    const whole = all.map((s) => s.id);
    const on = new Set((options.sections || whole).filter((id) => whole.includes(id)));
    // What is left out keeps its place, to be taken in again there.
    const order = [...on, ...whole.filter((id) => !on.has(id))];
    const draw = (focus) => {
      const chosen = order.filter((id) => on.has(id));
      options.sections = chosen.join() === whole.join() ? null : chosen;
      fill(rows, parts(all, order, on, (again) => {
        draw(again);
        changed();
        done(["部分和次序", "Sections"]);
      }));
      const found = focus && rows.querySelector(focus);
      if (found) found.focus();
    };
    draw();
    const box = el("div", { class: "sliders" }, length, seed, all.length
      ? el("fieldset", { class: "d-parts" }, el("legend", {}, say("写哪几部分、什么次序", "Which sections, in which order")), rows) : null);
    box.seeded = () => {
      seed.input.value = options.seed;
      seed.output.textContent = String(options.seed);
    };
    return box;
  }

  /** A row for each section: whether it is written, and where. */
  function parts(all, order, on, redraw) {
    return order.map((id, i) => {
      const { title } = all.find((s) => s.id === id);
      const move = (by, zh, en, sign) => el("button", { type: "button", class: "small", data: { move: `${id}${by}` },
        disabled: !order[i + by], "aria-label": `${say(zh, en)} ${title}`, on: { click: () => {
          [order[i], order[i + by]] = [order[i + by], order[i]];
          redraw(`[data-move="${id}${by}"]:not(:disabled), [data-move="${id}${-by}"]:not(:disabled)`);
        } } }, sign);
      const box = el("input", { type: "checkbox", checked: on.has(id), data: { section: id }, on: { change: () => {
        if (box.checked) on.add(id);
        else if (on.size > 1) on.delete(id);
        else W.toast(["至少留一部分", "Keep one section at least"]);
        redraw(`[data-section="${id}"]`);
      } } });
      return el("li", {}, el("label", {}, box, title), move(-1, "上移", "Move up", "↑"), move(1, "下移", "Move down", "↓"));
    });
  }

  W.tuning = tuning;
})();
