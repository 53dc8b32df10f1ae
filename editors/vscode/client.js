// A program that speaks the Language Server Protocol, as an object with `request` and `notify`.
// Plain Node.js, nothing of the editor: what the messages mean is in extension.js.
"use strict";
const { spawn } = require("child_process");

class Client {
  // `handlers`: method -> function of its params, for what the program tells or asks;
  // `ended` is called with a reason when the program is gone without having been asked to go.
  constructor(command, args, options, handlers, ended) {
    this.handlers = handlers;
    this.waiting = new Map();
    this.next = 1;
    this.bytes = Buffer.alloc(0);
    this.child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
    this.child.on("error", (error) => this.end(error.message, ended));
    this.child.on("exit", (code) => this.end(`exit ${code}`, ended));
    this.child.stdin.on("error", () => {});
    this.child.stdout.on("data", (bytes) => this.take(bytes));
    this.said = "";
    this.child.stderr.on("data", (bytes) => (this.said = (this.said + bytes).slice(-2000)));
  }

  end(reason, ended) {
    if (this.gone) return;
    this.gone = true;
    for (const { reject } of this.waiting.values()) reject(new Error(reason));
    this.waiting.clear();
    if (!this.leaving) ended(this.said.trim() || reason);
  }

  // Takes in bytes and hands over each message that is whole.
  take(bytes) {
    this.bytes = Buffer.concat([this.bytes, bytes]);
    for (;;) {
      const head = this.bytes.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = /content-length: *(\d+)/i.exec(this.bytes.toString("ascii", 0, head));
      const end = head + 4 + (length ? Number(length[1]) : 0);
      if (this.bytes.length < end) return;
      const body = this.bytes.toString("utf8", head + 4, end);
      this.bytes = this.bytes.subarray(end);
      this.hear(JSON.parse(body));
    }
  }

  hear(message) {
    if (message.method !== undefined) {
      const handler = this.handlers[message.method];
      if (message.id === undefined) return handler && handler(message.params);
      this.write(handler
        ? { id: message.id, result: handler(message.params) ?? null }
        : { id: message.id, error: { code: -32601, message: message.method } });
      return;
    }
    const asked = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (!asked) return;
    if (message.error) asked.reject(new Error(message.error.message));
    else asked.resolve(message.result);
  }

  write(message) {
    if (this.gone) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }), "utf8");
    this.child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.child.stdin.write(body);
  }

  notify(method, params) {
    this.write({ method, params });
  }

  // `token`, if there is one, takes the question back.
  request(method, params, token) {
    if (this.gone) return Promise.reject(new Error("gone"));
    const id = this.next++;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    if (token) token.onCancellationRequested(() => this.notify("$/cancelRequest", { id }));
    this.write({ id, method, params });
    return answer;
  }

  async stop() {
    this.leaving = true;
    if (this.gone) return;
    await Promise.race([this.request("shutdown"), new Promise((done) => setTimeout(done, 1000))]).catch(() => {});
    this.notify("exit");
    setTimeout(() => this.child.kill(), 1000).unref();
  }
}

module.exports = { Client };
