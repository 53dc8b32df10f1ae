"use strict";
// The program behind a loopback server: every call is a POST with the sitting's token.
(() => {
  const KEEP = "wengao-token";
  const PING = 5_000;
  let token = location.hash.slice(1);
  // The token leaves the address, so that a copied address or a bookmark does not carry it.
  if (token) {
    sessionStorage.setItem(KEEP, token);
    history.replaceState(null, "", location.pathname);
  } else {
    token = sessionStorage.getItem(KEEP) || "";
  }

  const post = (path, body, more) => fetch(path, {
    method: "POST", body, headers: { "X-Wengao-Token": token, "Content-Type": "application/octet-stream" },
    cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", ...more,
  });

  const worded = (zh, en) => Object.assign(new Error(en), { zh, en });
  const GONE = [
    "程序没有应答，可能已经关了。先点“存下进度”，再重新打开程序，在新页面里打开进度",
    "The program does not answer; it may have ended. Save the sitting, start the program again and open the sitting there",
  ];

  async function call(route, bytes) {
    let answer;
    try {
      answer = await post(`/call/${route}`, bytes);
    } catch {
      throw worded(...GONE);
    }
    if (answer.status === 413) throw worded("文件太大，程序没有接收", "The files are too large for the program");
    if (answer.status === 403) {
      throw worded("这个页面的通行码无效，请从程序给出的网址重新打开", "This page's token is not valid; open it from the address that the program gives");
    }
    if (!answer.ok) throw worded(`程序出错（${answer.status}）`, `The program failed (${answer.status})`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  // Whoever works on a paper should hear at once that the program is gone, and not at the next download.
  let unheard = 0;
  const ping = () => post("/ping", "").then(() => { unheard = 0; }, () => {
    unheard += 1;
    if (unheard === 2) W.toast(GONE, { kind: "error" });
  });
  setInterval(ping, PING);
  // A browser slows the clocks of a tab that is out of sight; back in sight it says so at once.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ping(); });
  addEventListener("pageshow", ping); // Back from where a browser keeps pages that were left.
  // sendBeacon sets no header; fetch with keepalive outlives the page as well.
  addEventListener("pagehide", () => { post("/bye", "", { keepalive: true }).catch(() => {}); });

  globalThis.carrier = { kind: "server", call };
})();
