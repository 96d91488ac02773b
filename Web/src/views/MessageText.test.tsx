import { afterEach, describe, expect, it } from 'vitest';
import { actions } from '../testing/actions';
import { message } from '../testing/chat';
import { clear, click, draw } from '../testing/page';
import { en } from '../words/en';
import { MessageChunk } from './MessageChunk';
import { MessageItem } from './MessageItem';
import { MessageText } from './MessageText';

afterEach(clear);

const text = (content: string): HTMLElement => draw(<MessageText text={content} showAll="all" />).querySelector<HTMLElement>('.text')!;
const tags = (of: Element): string[] => [...new Set([...of.querySelectorAll('*')].map(({ tagName }) => tagName.toLowerCase()))].sort();

describe('The text of a message', () => {
  it.each([
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<b>bold</b> &amp; &lt;i&gt;', '<a href="javascript:alert(1)">x</a>', '</p><style>*{display:none}</style>', '<!-- -->',
  ])('is never HTML: %s', (content) => {
    const shown = text(content);
    expect(tags(shown)).toEqual(['p']);
    expect(shown.textContent).toBe(content);
  });

  it('is never HTML in code, around an address and in an address either', () => {
    const shown = text('```\n<b>x</b>\n```\n<i>https://example.com/<b>x</b>');
    expect(tags(shown)).toEqual(['a', 'p', 'pre']);
    expect(shown.querySelector('pre')?.textContent).toBe('<b>x</b>');
    expect(shown.querySelector('p')?.textContent).toBe('<i>https://example.com/<b>x</b>');
  });

  it('has a paragraph for each line, each with a direction of its own, and code from the left', () => {
    const shown = text('سلام\n\nhello\n```\ncode\n```');
    expect([...shown.children].map((one) => [one.tagName, one.getAttribute('dir')])).toEqual([['P', 'auto'], ['P', 'auto'], ['P', 'auto'], ['PRE', 'ltr']]);
    expect(shown.children[1]?.innerHTML).toBe('<br>'); // eslint-disable-line no-restricted-properties -- read, not written
  });

  it('has links that tell the other page nothing and open beside this one', () => {
    const link = text('see https://example.com/a.').querySelector('a')!;
    expect([link.getAttribute('href'), link.textContent, link.target, link.rel, link.dir]).toEqual(['https://example.com/a', 'https://example.com/a', '_blank', 'noopener noreferrer nofollow', 'ltr']);
    expect(text('javascript://example.com/%0aalert(1)').querySelector('a')).toBeNull();
  });

  it('is shown from its beginning when it is long, and whole when somebody asks', () => {
    const long = 'x'.repeat(5000);
    const shown = text(long);
    expect(shown.querySelector('p')?.textContent).toBe('x'.repeat(2000));
    click(shown.querySelector('button')!);
    expect([shown.querySelector('p')?.textContent, shown.querySelector('button')]).toEqual([long, null]);
  });
});

describe('A mention', () => {
  it('of who reads is marked, whatever stands around it, and nobody else\'s', () => {
    const shown = draw(<MessageText text={'@علي، <b>@ali</b> https://x.y/@علی @علی'} showAll="all" me="علی" />);
    expect([...shown.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['@علي', '@علی']);
    expect([shown.textContent, shown.querySelector('b')]).toEqual(['@علي، <b>@ali</b> https://x.y/@علی @علی', null]);
  });
});

describe('A message', () => {
  const item = (user: string, named: boolean) => draw(<ol><MessageItem message={message(1, { user, message: 'x' })} me="علی" named={named} locale={en} actions={actions()} /></ol>).querySelector('li')!;

  it('is one\'s own however the name is written, and says so to a screen reader', () => {
    const own = item('علي', true);
    expect([own.classList.contains('own'), own.querySelector('.author'), own.querySelector('.sr')?.textContent]).toEqual([true, null, 'You: ']);
  });

  it('of another leads to them, by name, above the first of several', () => {
    const first = item('<b>a/b', true);
    expect(first.querySelector('.author')?.getAttribute('href')).toBe('#/private/%3Cb%3Ea%2Fb');
    expect(first.querySelector('.author')?.textContent).toBe('<b>a/b');
    const next = item('ali', false);
    expect([next.querySelector('.author'), next.querySelector('.sr')?.textContent]).toEqual([null, 'ali: ']);
  });
});

describe('Messages that follow each other', () => {
  const at = (id: number, user: string, time: Date) => message(id, { user, timestamp: time.toISOString() });

  it('have the day between them, the line of new ones, and a name where the writer changes', () => {
    const [one, other] = [new Date(2026, 0, 1, 12, 0), new Date(2026, 0, 2, 12, 0)];
    const items = [at(1, 'ali', one), at(2, 'ali', one), at(3, 'omid', one), at(4, 'omid', new Date(one.getTime() + 600_000)), at(5, 'omid', other), at(6, 'omid', other)];
    const drawn = draw(<MessageChunk items={items} previous={null} marker={5} me="sara" today={20260101} locale={en} actions={actions()} />).querySelector('ol')!;
    const shape = [...drawn.children].map((line) => (line.classList.contains('message') ? `${line.getAttribute('data-id')}${line.classList.contains('named') ? ' named' : ''}` : line.className));
    expect(shape).toEqual(['day', '1 named', '2', '3 named', '4 named', 'day', '5 named', 'marker', '6 named']);
  });
});
