import './styles/panel.css';
import './complexity/complexity.ts';
import './controls/menu.ts';
import './heatmap/heatmap.ts';
import './overview/overview.ts';
import './pair/pair.ts';
import './stepper/stepper.ts';
import { Host } from './host.ts';
import { Panel } from './panel/panel.ts';

document.body.append(new Panel(new Host()));
