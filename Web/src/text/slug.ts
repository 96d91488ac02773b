/** Letters of any script, or digits: what a slug is made of. Not those that show nothing, and no presentation form that has no other spelling. */
const unfit = /[^\p{L}\p{Nd}\u200c_-]+|[\u115f\u1160\u3164\uffa0\ufb50-\ufdff\ufe70-\ufeff]+/gu;

/**
 * A slug suggested for a group's name: what is no letter becomes `-`; Persian stays Persian, its zero-width non-joiners too, between two letters.
 * Marks that only decorate (harakat, accents of their own) are dropped, presentation forms spelled out.
 */
export function suggestSlug(name: string): string {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Mn}ـ]/gu, '')
    .replace(unfit, '-')
    .replace(/\u200c+/g, '\u200c')
    .replace(/(?<!\p{L})\u200c|\u200c(?!\p{L})/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '');
  return Array.from(plain).slice(0, 64).join('').replace(/[-\u200c]+$/, '');
}
