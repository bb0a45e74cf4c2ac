// The console begins here.

import { render } from 'preact';
import { App } from './app.tsx';
import { takeEvents } from './state/exchanges.ts';
import { onEvents, readEvents } from './state/stream.ts';
import './style.css';

onEvents(takeEvents);
void readEvents();
const place = document.getElementById('console');
if (place) render(<App />, place);
