import './styles/panel.css';
import './complexity/complexity.ts';
import './controls/menu.ts';
import './heatmap/heatmap.ts';
import './lines/lines.ts';
import './media/media.ts';
import './model/model.ts';
import './overview/overview.ts';
import './pair/long-pair.ts';
import './pair/pair.ts';
import './stepper/stepper.ts';
import './what-if/what-if-section.ts';
import './terms/term-tip.ts';
import { Compare } from './compare/compare.ts';
import { Host } from './host.ts';
import { Panel } from './panel/panel.ts';

const host = new Host();
document.body.append(document.body.dataset.page === 'comparison' ? new Compare(host) : new Panel(host));
