/**
 * JSON for a `<script type="application/json">` element: nothing in it can end the element or begin a comment.
 * A bigint (a KQL long beyond 2^53) becomes its digits as text, since JSON's numbers would round it in the browser.
 */
export const jsonIsland = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner))
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
