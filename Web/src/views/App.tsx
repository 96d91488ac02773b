import type { JSX } from 'preact';
import { chats } from '../app/state';
import { Access } from './Access';
import { Shell } from './Shell';
import { Toasts } from './Toasts';

export function App(): JSX.Element {
  const present = chats.value;
  return (
    <>
      {present ? <Shell key={present.username} chats={present} /> : <Access />}
      <Toasts />
    </>
  );
}
