import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

const LINE = 'I like eating ice cream.';

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    file: path.join(root, 'examples/pairs.tsv'),
    language: 'zh-cn',
    settings: { 'editor.minimap.enabled': false },
  });
});

afterEach(({ task }) => workbench?.picture(`zh-cn-${task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 50)}`));

afterAll(() => workbench?.close());

describe('VS Code whose display language is Chinese', () => {
  it('names commands in Chinese, and finds them by their English names too', async () => {
    await workbench.clickText(LINE);
    await workbench.command('注意力: 探索光标所在行');
    await workbench.panel.getByRole('gridcell').first().waitFor();
    await workbench.command('Attention: Next Phase');
    await workbench.panel.locator('[role=tab][aria-selected=true]', { hasText: '聚合' }).waitFor();
  });

  it('gives the panel the bundle: its page is Chinese from the first word', async () => {
    const page = workbench.panel.locator('html');
    expect(await page.getAttribute('lang')).toBe('zh-cn');
    expect(await workbench.panel.getByRole('heading').allInnerTexts()).toEqual(
      expect.arrayContaining(['概览', '贡献', '复杂度']),
    );
    await workbench.panel.getByRole('gridcell', { name: /^我 → I：贡献 [\d.]+，权重 [\d.]+$/ }).waitFor();
  });

  it('hovers in Chinese', async () => {
    const hover = await workbench.hover('cream', LINE, '关注');
    expect(await hover.innerText()).toContain('交叉注意力，第 3 层，第 1 头');
    expect(await hover.innerText()).toContain('逐步查看该词元');
  });

  it('asks in Chinese', async () => {
    const { page } = workbench;
    await workbench.command('注意力: 更换注意力头');
    const pick = page.locator('.quick-input-widget');
    await pick.getByText('更换注意力头').waitFor();
    await pick.locator('.monaco-list-row', { hasText: '第 2 层，第 1 头' }).click();
    await workbench.panel.getByText('第 2 层').first().waitFor();
  });

  it('fails in Chinese', async () => {
    await workbench.clickText(LINE);
    await workbench.page.keyboard.press('Control+End');
    await workbench.command('注意力: 探索光标所在行');
    const notice = workbench.panel.getByRole('alert');
    await notice.getByRole('button', { name: '打开示例' }).waitFor();
    expect(await notice.innerText()).toContain('源文本为空或只有空白。请选择一些文字，或将光标放在有文字的行上。');
  });
});
