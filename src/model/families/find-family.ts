import { ExplorerError, message } from '../../contract/error.ts';
import type { Config } from '../checkpoint/config.ts';
import { bart } from './bart.ts';
import { bert, distilbert, roberta, xlmRoberta } from './bert.ts';
import type { Family } from './family.ts';
import { gpt2 } from './gpt2.ts';
import { m2m100 } from './m2m-100.ts';
import { marian } from './marian.ts';
import { mbart } from './mbart.ts';
import { pegasus } from './pegasus.ts';
import { mt5, t5 } from './t5.ts';
import { visionEncoderDecoder } from './vit.ts';
import { whisper } from './whisper.ts';

const FAMILIES: readonly Family[] = [
  marian,
  bart,
  mbart,
  pegasus,
  m2m100,
  t5,
  mt5,
  whisper,
  visionEncoderDecoder,
  bert,
  roberta,
  xlmRoberta,
  distilbert,
  gpt2,
];

/** @throws ExplorerError 'model-family' naming the family found and those that can be read */
export function findFamily(config: Config): Family {
  const type = config.raw('model_type');
  const family = FAMILIES.find((one) => one.type === type);
  if (family !== undefined) return family;
  const found = typeof type === 'string' ? type.slice(0, 60) : message('none');
  const known = FAMILIES.map((one) => one.type).join(', ');
  throw new ExplorerError(
    'model-family',
    "{file}: model_type is {found}, which can't be read. Choose a checkpoint of one of {known}.",
    { file: config.file, found, known },
  );
}
