import { render } from 'preact';
import type { RunResult } from '../../../model/run-result.ts';
import { dataElementId } from '../template.ts';
import { App } from './app.tsx';
import './base.css';
import './print.css';

const data = document.getElementById(dataElementId)?.textContent ?? '';
const root = document.getElementById('app');
if (root !== null) render(<App run={JSON.parse(data) as RunResult} />, root);
