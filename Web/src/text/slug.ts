/** Letters of any script, or digits: what a slug is made of. */
const unfit = /[^\p{L}\p{Nd}\u200c_-]+/gu;

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
    .replace(/(?<!\p{L})\u200c+|\u200c+(?!\p{L})|\u200c+(?=\u200c)/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '');
  return Array.from(plain).slice(0, 64).join('').replace(/[-\u200c]+$/, '');
}
