import type {
  AlignmentChoice,
  AttentionKind,
  HeadOrder,
  MatrixChoice,
  Phase,
  Picture,
  SpecialTokens,
  Unit,
  WhatIf,
} from '../contract/view-state.ts';

/** Everything that may change what is looked at; commands, clicks and cursor moves alike. */
export type Action =
  | { readonly type: 'setKind'; readonly kind: AttentionKind }
  | { readonly type: 'setLayer'; readonly layer: number | 'mean' }
  | { readonly type: 'setHead'; readonly head: number | 'mean'; readonly layer?: number | 'mean' }
  | { readonly type: 'setQuery'; readonly query: number }
  | { readonly type: 'setPhase'; readonly phase: Phase }
  | { readonly type: 'setUnit'; readonly unit: Unit }
  | { readonly type: 'setSpecial'; readonly special: SpecialTokens }
  | { readonly type: 'setPicture'; readonly picture: Picture }
  | { readonly type: 'setMatrix'; readonly matrix: MatrixChoice }
  | { readonly type: 'setAlignment'; readonly alignment: AlignmentChoice }
  | { readonly type: 'setSort'; readonly sort: HeadOrder }
  /** What the run does not have is left out of it; one that would change nothing is none. */
  | { readonly type: 'setWhatIf'; readonly whatIf: WhatIf }
  | { readonly type: 'clearWhatIf' }
  /** Combine is followed by the next token's query; query is preceded by the previous token's combine. */
  | { readonly type: 'nextPhase' }
  | { readonly type: 'previousPhase' }
  /** Moves by word while the unit is words. */
  | { readonly type: 'nextToken' }
  | { readonly type: 'previousToken' };
