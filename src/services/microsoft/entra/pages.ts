import { escapeHtml, html, type Reply } from '../http/reply.ts';

/** A page that asks for a name and a password and sends the rest back as it was. */
export const signInPage = (
  action: string,
  hidden: ReadonlyMap<string, string>,
  fields: readonly string[],
  problem: string | null,
): Reply =>
  html(
    200,
    [
      '<!DOCTYPE html><title>Sign in to your account</title>',
      problem === null ? '' : `<p id="error">${escapeHtml(problem)}</p>`,
      `<form method="post" action="${escapeHtml(action)}">`,
      ...[...hidden].map(
        ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
      ),
      ...fields.map((name) => `<input name="${name}" type="${name === 'passwd' ? 'password' : 'text'}">`),
      '<button>Sign in</button></form>',
    ].join('\n'),
  );

export const messagePage = (status: number, text: string): Reply =>
  html(status, `<!DOCTYPE html><title>Sign in to your account</title>\n<p>${escapeHtml(text)}</p>`);
