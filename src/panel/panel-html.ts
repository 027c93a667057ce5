import * as vscode from 'vscode';

/** The panel's page: one script and one style sheet of our own; nothing inline, nothing remote. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, nonce: string, page: string): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    // Pictures for export are drawn from an SVG that the page made itself.
    `img-src ${webview.cspSource} blob:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" nonce="${nonce}">
<link id="vscode-codicon-stylesheet" rel="stylesheet" href="${file('webview.css')}" nonce="${nonce}">
<title>Attention</title>
</head>
<body data-page="${page}">
<script type="module" nonce="${nonce}" src="${file('webview.js')}"></script>
</body>
</html>`;
}
