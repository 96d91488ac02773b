import { render } from 'preact';
import './styles/base.css';
import './styles/forms.css';
import './styles/layout.css';
import './styles/messages.css';
import './styles/actions.css';
import { followRoute } from './app/route';
import { followSession, followTitle } from './app/state';
import { number } from './text/numbers';
import { followDay } from './text/time';
import { App } from './views/App';
import { followLanguage } from './words/language';
import { followTheme } from './words/theme';

followLanguage();
followTheme();
followRoute();
followDay();
followSession();
followTitle(number);

const place = document.getElementById('app');
if (place) {
  render(<App />, place);
}
