import './styles/panel.css';
import './tiles/tiled-heatmap.ts';
import './complexity/complexity-section.ts';
import './controls/menu.ts';
import './heatmap/heatmap.ts';
import './lines/attention-lines.ts';
import './media/media-view.ts';
import './model/model-page.ts';
import './overview/overview-grid.ts';
import './pair/long-pair.ts';
import './pair/pair-chips.ts';
import './stepper/stepper.ts';
import './what-if/what-if-section.ts';
import './terms/term-tip.ts';
import { Host } from './base/host-connection.ts';
import { Compare } from './compare/comparison-page.ts';
import { Panel } from './panel/panel.ts';

const host = new Host();

document.body.append(document.body.dataset.page === 'comparison' ? new Compare(host) : new Panel(host));
