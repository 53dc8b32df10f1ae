// 文稿 wengao in VS Code: hands the editor's texts to `wengao lsp` and shows what it says of them.
// Without a build and without packages; the messages are those of `src/lsp/` and no others.
"use strict";
const vscode = require("vscode");
const { Client } = require("./client.js");

const KINDS = ["plaintext", "markdown", "yaml", "wengao-skeleton"];
const SELECTOR = KINDS.flatMap((language) => [{ language, scheme: "file" }, { language, scheme: "untitled" }]);
const zh = vscode.env.language.toLowerCase().startsWith("zh");

let client;
let shown; // what was found, by document

// Positions and ranges are counted alike on both sides: from 0, in UTF-16.
const place = (p) => new vscode.Position(p.line, p.character);
const range = (r) => new vscode.Range(place(r.start), place(r.end));
const sent = (r) => ({
  start: { line: r.start.line, character: r.start.character },
  end: { line: r.end.line, character: r.end.character },
});
const at = (document, position) => ({
  textDocument: { uri: document.uri.toString() },
  position: { line: position.line, character: position.character },
});
const ours = (document) => vscode.languages.match(SELECTOR, document) > 0;

function diagnostic(one) {
  const made = new vscode.Diagnostic(range(one.range), one.message, one.severity - 1);
  made.source = one.source;
  made.code = one.codeDescription
    ? { value: one.code, target: vscode.Uri.parse(one.codeDescription.href) }
    : one.code;
  made.relatedInformation = (one.relatedInformation || []).map(
    ({ location, message }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.parse(location.uri), range(location.range)),
        message,
      ),
  );
  return made;
}

function edit(sentEdit) {
  const made = new vscode.WorkspaceEdit();
  for (const part of sentEdit.documentChanges) {
    if (part.kind === "create") {
      made.createFile(vscode.Uri.parse(part.uri), part.options);
    } else {
      const uri = vscode.Uri.parse(part.textDocument.uri);
      for (const { range: r, newText } of part.edits) made.replace(uri, range(r), newText);
    }
  }
  return made;
}

function markdown(value) {
  return new vscode.MarkdownString(value);
}

// A question whose answer does not matter when the program is gone.
const ask = (method, params, token) => client.request(method, params, token).catch(() => null);

const hovers = {
  async provideHover(document, position, token) {
    const found = await ask("textDocument/hover", at(document, position), token);
    return found && new vscode.Hover(markdown(found.contents.value), range(found.range));
  },
};

const completions = {
  async provideCompletionItems(document, position, token) {
    const found = await ask("textDocument/completion", at(document, position), token);
    return (found ? found.items : []).map((one) => {
      const item = new vscode.CompletionItem(one.label, one.kind - 1);
      item.detail = one.detail;
      item.documentation = markdown(one.documentation.value);
      item.filterText = one.filterText;
      item.range = range(one.textEdit.range);
      item.insertText = one.textEdit.newText;
      return item;
    });
  },
};

const actions = {
  async provideCodeActions(document, where, context, token) {
    const only = context.only && [context.only.value];
    const params = {
      textDocument: { uri: document.uri.toString() },
      range: sent(where),
      context: { diagnostics: [], only },
    };
    const found = (await ask("textDocument/codeAction", params, token)) || [];
    return found.map((one) => {
      const action = new vscode.CodeAction(one.title, vscode.CodeActionKind.Empty.append(one.kind));
      action.isPreferred = one.isPreferred;
      action.diagnostics = (one.diagnostics || []).map(diagnostic);
      if (one.edit) action.edit = edit(one.edit);
      action.command = one.command;
      return action;
    });
  },
};

// The page of a rule, behind the link of a finding.
const pages = {
  async provideTextDocumentContent(uri) {
    return (await ask("wengao/explain", { rule: uri.path.replace(/\.md$/, "") })) || "";
  },
};

function opened(document) {
  if (!client || !ours(document)) return;
  const { languageId, version } = document;
  const uri = document.uri.toString();
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text: document.getText() } });
}

async function start() {
  const settings = vscode.workspace.getConfiguration("wengao");
  const folder = vscode.workspace.workspaceFolders && vscode.workspace.workspaceFolders[0];
  const options = { cwd: folder && folder.uri.scheme === "file" ? folder.uri.fsPath : undefined };
  const handlers = {
    "textDocument/publishDiagnostics": ({ uri, diagnostics }) =>
      shown.set(vscode.Uri.parse(uri), diagnostics.map(diagnostic)),
  };
  const ended = (reason) => {
    shown.clear();
    const said = zh
      ? `文稿没有启动或停了：${reason}。请看设置 wengao.path。`
      : `wengao did not start or has stopped: ${reason}. See the setting wengao.path.`;
    vscode.window.showErrorMessage(said);
  };
  client = new Client(settings.get("path"), ["lsp", ...settings.get("arguments")], options, handlers, ended);
  const begun = await ask("initialize", {
    processId: process.pid,
    clientInfo: { name: "vscode-wengao" },
    locale: vscode.env.language,
    rootUri: folder ? folder.uri.toString() : null,
    initializationOptions: { explains: true },
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
    },
  });
  if (!begun) return;
  client.notify("initialized", {});
  vscode.workspace.textDocuments.forEach(opened);
}

async function stop() {
  if (client) await client.stop();
  client = undefined;
  shown.clear();
}

async function activate(context) {
  shown = vscode.languages.createDiagnosticCollection("wengao");
  const { workspace, languages, commands } = vscode;
  const uriOf = (document) => ({ textDocument: { uri: document.uri.toString() } });
  const files = workspace.createFileSystemWatcher("**/*.{yaml,yml,xlsx,csv,tera}");
  const moved = (uri) => client && client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type: 2 }] });
  context.subscriptions.push(
    shown,
    files,
    files.onDidChange(moved),
    files.onDidCreate(moved),
    files.onDidDelete(moved),
    workspace.onDidOpenTextDocument(opened),
    workspace.onDidCloseTextDocument((d) => client && ours(d) && client.notify("textDocument/didClose", uriOf(d))),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!client || !ours(document) || contentChanges.length === 0) return;
      const { version } = document;
      client.notify("textDocument/didChange", {
        textDocument: { uri: document.uri.toString(), version },
        contentChanges: contentChanges.map((c) => ({ range: sent(c.range), text: c.text })),
      });
    }),
    languages.registerHoverProvider(SELECTOR, hovers),
    languages.registerCompletionItemProvider(SELECTOR, completions, ".", '"', " ", ":"),
    languages.registerCodeActionsProvider(SELECTOR, actions, {
      providedCodeActionKinds: [
        vscode.CodeActionKind.QuickFix,
        vscode.CodeActionKind.SourceFixAll.append("wengao"),
      ],
    }),
    workspace.registerTextDocumentContentProvider("wengao", pages),
    commands.registerCommand("wengao.ignore", (...args) =>
      ask("workspace/executeCommand", { command: "wengao.ignore", arguments: args })),
    commands.registerCommand("wengao.restart", async () => {
      await stop();
      await start();
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
