import { beforeEach } from 'vitest';
import { language } from '../words/language';

// All files share their modules: what one leaves in the page's language is not the next one's.
beforeEach(() => {
  language.value = 'en';
});
