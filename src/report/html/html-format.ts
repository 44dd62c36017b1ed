import type { ReportFormat } from '../report-format.ts';
import { renderHtml } from './render-html.ts';

/** `template`: the text of `reportTemplateFile`. */
export const createHtmlFormat = (template: string): ReportFormat => ({
  name: 'html',
  render: (run) => ({ 'index.html': renderHtml(run, template) }),
});
