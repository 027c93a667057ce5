import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe-core finds serious or critical within a part of the page, as lines that say what and where.
 * @param within selector
 */
export async function seriousFindings(page: Page, within = 'body'): Promise<string[]> {
  await page.evaluate(axe.source);
  const run = (selector: string) => (window as unknown as { axe: typeof axe }).axe.run(selector);
  const { violations } = await page.evaluate(run, within);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`);
}
