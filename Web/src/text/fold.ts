/** The key that names are compared by, as the API folds them: lower case, Persian ya and kaf, ASCII digits, no zero-width non-joiner. */
export function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/\u200c/g, '')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}
