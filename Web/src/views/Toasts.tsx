import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { dismiss, toastFor, toasts, type Toast } from '../app/notices';
import { words } from '../words/language';
import { Icon } from './Icon';

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((one) => <ToastView key={one.id} toast={one} />)}
    </div>
  );
}

function ToastView({ toast }: { readonly toast: Toast }): JSX.Element {
  const [held, hold] = useState(false);
  useEffect(() => {
    const timer = held ? undefined : setTimeout(() => dismiss(toast.id), toastFor);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  const content = <><bdi class="who">{toast.who}</bdi> {toast.what} <bdi class="subject">{toast.subject}</bdi></>;
  return (
    <div class="toast" onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} onFocusCapture={() => hold(true)} onBlurCapture={() => hold(false)}>
      {toast.href === null ? <p>{content}</p> : <a href={toast.href} onClick={() => dismiss(toast.id)}>{content}</a>}
      <button type="button" class="icon" aria-label={words.value.close} onClick={() => dismiss(toast.id)}><Icon name="close" /></button>
    </div>
  );
}
