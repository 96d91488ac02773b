/** From the edge of the screen, in pixels. */
const margin = 8;

/** Puts an open dialog beside what opened it, within the screen; on a narrow one the styles have a place for it. Properties of the element, not an attribute: the page's policy allows no inline style. */
export function placeBeside(dialog: HTMLElement, beside: Element): void {
  if (matchMedia('(max-width: 720px)').matches) {
    return;
  }

  const at = beside.getBoundingClientRect();
  const { width, height } = dialog.getBoundingClientRect();
  const isRoomBelow = at.bottom + height + margin < innerHeight;
  const top = isRoomBelow ? at.bottom : at.top - height;
  const left = at.left + at.width / 2 - width / 2;
  dialog.style.margin = '0';
  dialog.style.top = `${within(top, innerHeight - height)}px`;
  dialog.style.left = `${within(left, innerWidth - width)}px`;
}

const within = (wanted: number, most: number): number => Math.max(margin, Math.min(wanted, most - margin));
