// The facts as one object with Chinese keys: places in it, what of it is empty, two of them laid one
// over the other, values that are none.

"use strict";
(() => {
  // ---- Places in the facts ----

  const plain = (path) => path.replace(/\[\d*\]/g, "");

  /** The way into the facts of a path as answers name it: `tasks[1].owner` or `任务[2].牵头单位`. */
  function trail(fields, path) {
    const english = /^[\w.[\]]+$/.test(path);
    const keys = [];
    let level = fields;
    let above = "";
    let leaf = null;
    for (const part of path.split(".")) {
      const name = plain(part);
      above = above ? above + "." + name : name;
      const field = level.find((f) => f.key === name || plain(f.path) === above);
      if (!field) break;
      leaf = field;
      keys.push(field.key);
      for (const [, digits] of part.matchAll(/\[(\d+)\]/g)) keys.push(english ? +digits : +digits - 1);
      level = field.fields || [];
    }
    return leaf && { keys, field: leaf };
  }

  const at = (facts, keys) => keys.reduce((v, k) => (v === null || v === undefined ? undefined : v[k]), facts);

  function put(facts, keys, value) {
    let here = facts;
    keys.slice(0, -1).forEach((key, i) => {
      const below = here[key];
      if (below === null || typeof below !== "object") {
        const list = typeof keys[i + 1] === "number";
        // A record written as one word is its first field's; a list of one, as the one.
        here[key] = below === undefined || below === null || below === "" ? (list ? [] : {}) : list ? [below] : {};
      }
      here = here[key];
    });
    const last = keys[keys.length - 1];
    if (isEmpty(value) && !(Array.isArray(value) && value.length) && !Array.isArray(here)) delete here[last];
    else here[last] = value;
  }

  /** The keys of the value on a line of facts that are set out as JSON, as answers name places. */
  function keysAt(facts, line) {
    let [at, found] = [1, null];
    const walk = (v, keys) => {
      if (at === line) found = keys;
      if (v === null || typeof v !== "object") return;
      for (const key of Object.keys(v)) {
        at++;
        walk(v[key], [...keys, Array.isArray(v) ? +key : key]);
      }
      at++;
    };
    walk(facts, []);
    return found && found.length ? found : null;
  }

  const isEmpty = (v) =>
    v === undefined || v === null || (typeof v === "string" && v.trim() === "") ||
    (Array.isArray(v) ? v.every(isEmpty) : typeof v === "object" && Object.values(v).every(isEmpty));

  /** The facts without what is empty. Records of a list that are empty are left out too; `kept` then
   *  says which are left, since answers count those. */
  function tidy(value, keys = [], kept = new Map()) {
    if (Array.isArray(value)) {
      const left = value.map((_, i) => i).filter((i) => !isEmpty(value[i]));
      if (left.length < value.length) kept.set(keys.join("/"), left);
      return left.map((i) => tidy(value[i], [...keys, i], kept));
    }
    if (value === null || typeof value !== "object") return typeof value === "string" ? value.trim() : value;
    const out = {};
    for (const [key, v] of Object.entries(value)) if (!isEmpty(v)) out[key] = tidy(v, [...keys, key], kept);
    return out;
  }

  const count = (v) =>
    isEmpty(v) ? 0 : typeof v !== "object" ? 1 : Object.values(v).reduce((n, below) => n + count(below), 0);

  /** A value as one line of words. */
  function words(v) {
    if (isEmpty(v)) return "";
    if (Array.isArray(v)) return v.map(words).filter(Boolean).join("、");
    if (typeof v === "object") {
      if ("值" in v) return String(v["值"]) + (v["单位"] && !String(v["值"]).endsWith(v["单位"]) ? v["单位"] : "");
      return Object.values(v).map(words).filter(Boolean).join("，");
    }
    return String(v);
  }

  /** How many values of `b` differ from those of `a` that are stated. */
  function differing(a, b) {
    if (isEmpty(a) || isEmpty(b)) return 0;
    if (typeof a !== "object" || typeof b !== "object" || Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b) ? 0 : 1;
    return Object.keys(b).reduce((n, key) => n + differing(a[key], b[key]), 0);
  }

  /** `b` laid over `a`, or under it; a list goes as a whole. */
  function lay(a, b, way) {
    if (isEmpty(b)) return a;
    if (isEmpty(a)) return b;
    if (typeof a !== "object" || typeof b !== "object" || Array.isArray(a) || Array.isArray(b)) return way === "over" ? b : a;
    const out = { ...a };
    for (const key of Object.keys(b)) out[key] = lay(a[key], b[key], way);
    return out;
  }

  /** What in `a` is not the same in `b`. */
  function without(a, b) {
    if (JSON.stringify(a) === JSON.stringify(b)) return undefined;
    if (Array.isArray(a)) return Array.isArray(b) ? a.map((v, i) => without(v, b[i])).filter((v) => !isEmpty(v)) : a;
    if (a === null || typeof a !== "object" || b === null || typeof b !== "object") return a;
    return Object.fromEntries(Object.entries(a).map(([k, v]) => [k, without(v, b[k])]).filter(([, v]) => !isEmpty(v)));
  }

  /** How the program names a place in the facts to a person: `任务 2 › 牵头单位`. */
  const told = (keys) =>
    keys.reduce((out, key) => out + (typeof key === "number" ? ` ${key + 1}` : (out && " › ") + key), "");

  // ---- Values that are none ----

  const SIGN = "xXｘＸхХⅹ×✕✖╳⨯✗✘*＊∗﹡✱_＿﹍﹏○◯●□■△▲◇◆▢※☆";
  const UNIT = "[十百千万亿]*(?:元|人|人次|户|个|名|家|亩|公顷|次|起|件|项|条|吨|斤|公里|米|平方米|套|座|处|年|月|日|天|期|批|届|号|县|市|区|乡|镇|村|局|同志|%|％)?";
  const RUN = new RegExp(`^第?\\d*[${SIGN}][${SIGN}.月日年、 -]*${UNIT}$`, "u");
  const PENDING = /^(?:待(?:定|补充?|填写?|核[实对]?|确[认定]|完善|更新|查|落实|统计|提供)|未定|暂[缺无]|略|空|无数据|TBD|TODO|FIXME|n\/a)$|^某某/i;
  const ORDER = /^(?:待(?:定|补|填|核|确|完善|更新|查|落实|统计|提供)|此处|填写)/;
  const STROKES = /^[/\\\-—－?？….、]+$/;
  const INSIDE = new RegExp(`[${SIGN.replace("xX", "")}]{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|(?<![A-Za-z\\d.])[xXｘ×○](?=[十百千万亿]*(?:元|人|户|个|名|家|亩|次|吨|公里|年|月|日|县|乡|镇|村|%|％))`, "u");

  /** Whether a value stands where a fact is still to come: "all" of it, "part" of it, or not. */
  function standIn(value) {
    let bare = value.trim().replace(/^[。；，\s]+|[。；，\s]+$/g, "");
    if (!bare) return "";
    for (let depth = 0; depth < 8; depth++) {
      if (PENDING.test(bare) || (depth && ORDER.test(bare))) return "all";
      if (!bare || STROKES.test(bare) || RUN.test(bare)) return "all";
      const inner = /^[【（([{〔「<《“]([^]*?)[】）)\]}〕」>》”]*$/.exec(bare);
      if (!inner) break;
      bare = inner[1].trim();
    }
    return INSIDE.test(value) ? "part" : "";
  }

  W.values = { plain, trail, at, put, keysAt, isEmpty, tidy, count, words, differing, lay, without, told, standIn };
})();
