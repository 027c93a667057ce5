export type { AttentionRecord } from '../attention/attention-record.ts';
