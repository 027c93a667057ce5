import * as vscode from 'vscode';

/** The pair that the project is about. */
export const EXAMPLE = 'I like eating ice cream.\t我喜欢吃冰淇淋。';

/** Its token 冰 attends to ‘ice’ and ‘cream’, and can be followed through all phases. */
export const EXAMPLE_TOKEN = '冰';

/** A new document with translation pairs, one a line. */
export async function exampleDocument(): Promise<vscode.TextDocument> {
  const lines = [
    EXAMPLE,
    'She is reading a book in the garden.\t她在花园里看书。',
    'Where did you buy this red car?\t你在哪里买的这辆红色的车？',
    '我明天要去北京。\tI am going to Beijing tomorrow.',
    'The weather is very good today. ||| 今天天气很好。',
    'My father works in a big hospital.',
  ];
  return vscode.workspace.openTextDocument({ content: `${lines.join('\n')}\n` });
}

/** Opens the examples, the first selected, ready for Explore Selected Pair. */
export async function openExample(): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(await exampleDocument());
  editor.selection = new vscode.Selection(0, 0, 0, EXAMPLE.length);
  return editor;
}
