import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../api/http';
import { createGroup } from '../api/addresses';
import type { Group } from '../api/shapes';
import { go, hrefOf } from '../app/route';
import type { Chats } from '../chat/chats';
import { suggestSlug } from '../text/slug';
import { words } from '../words/language';
import { Field, Problem } from './Field';
import { Icon } from './Icon';
import { useSubmit } from './useSubmit';

/** Create a group: its slug follows its name until somebody writes another. */
export function NewGroup({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const { busy, error, onSubmit } = useSubmit(async (field) => {
    const made = await ask<Group>('POST', createGroup, { group_name: field('group_name'), slug: field('slug'), type: field('type') });
    await chats.changed();
    go(hrefOf('group', made.slug));
  });
  return (
    <section class="page" aria-label={texts.newGroup}>
      <header class="bar">
        <a class="icon back" href="#/" aria-label={texts.back}><Icon name="back" flip /></a>
        <h2>{texts.newGroup}</h2>
      </header>
      <form class="card" noValidate onSubmit={onSubmit}>
        <Field name="group_name" label={texts.groupName} error={error}>
          {(props) => <input {...props} value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} maxLength={100} required dir="auto" autocomplete="off" />}
        </Field>
        <Field name="slug" label={texts.slug} hint={texts.slugHint} error={error}>
          {(props) => <input {...props} value={slug ?? suggestSlug(name)} onInput={({ currentTarget }) => setSlug(currentTarget.value)} required dir="auto" autocomplete="off" autocapitalize="none" spellcheck={false} />}
        </Field>
        <fieldset>
          <legend>{texts.type}</legend>
          <label><input type="radio" name="type" value="public" defaultChecked />{texts.typePublic}</label>
          <label><input type="radio" name="type" value="private" />{texts.typePrivate}</label>
        </fieldset>
        <Problem error={error} />
        <button class="primary" aria-disabled={busy}>{texts.create}</button>
      </form>
    </section>
  );
}
