import type { Page } from 'playwright-core';

/**
 * Scripts that run inside the page, as text: this project's tests are compiled without the browser's types.
 * Colors are drawn on a canvas first, so that every notation becomes red, green and blue.
 */
const contrastScript = `(selector) => {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgb = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const backgroundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
      if (color[3] !== 0) throw new Error('a translucent background: ' + at.className);
    }
    return [255, 255, 255, 255];
  };
  return [...document.querySelectorAll(selector)]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => element.checkVisibility())
    .map((element) => {
      const [a, b] = [rgb(getComputedStyle(element).color), backgroundOf(element)].map(luminance);
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return { text: element.textContent.trim().slice(0, 40), name: element.tagName + '.' + element.className, ratio };
    });
}`;

export interface Contrast {
  readonly text: string;
  readonly name: string;
  readonly ratio: number;
}

/** The contrast of every element that shows text of its own with what stands behind it, by WCAG 2's formula. */
export const contrastsOf = (page: Page, selector = 'body *'): Promise<readonly Contrast[]> =>
  page.evaluate(`(${contrastScript})(${JSON.stringify(selector)})`);

/** Widths in CSS pixels: what the page needs and what it has. */
export const widthsOf = (page: Page): Promise<{ readonly needs: number; readonly has: number }> =>
  page.evaluate('({ needs: document.documentElement.scrollWidth, has: innerWidth })');

/** Accessible names that are missing: controls and links without text or label, and tables' cells are not asked. */
export const namelessOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('a, button, input, summary, [role="img"], [role="region"], nav, section, meter')]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
      const by = element.getAttribute('aria-labelledby');
      const text = (by && document.getElementById(by)?.textContent) || element.getAttribute('aria-label') || element.textContent;
      return text.trim() === '';
    })
    .map((element) => element.outerHTML.slice(0, 80))`);

/** Levels of the headings in their order. */
export const headingsOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate(`[...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.tagName[1]))`);
