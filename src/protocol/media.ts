/** How a model that hears or sees wants its source cut (config.json, preprocessor_config.json). */
export type ModelInput =
  | {
      readonly kind: 'sound';
      /** Samples a second, Hz; samples of a window, and from one window to the next. */
      readonly rate: number;
      readonly window: number;
      readonly hop: number;
      readonly mels: number;
      /** Frames of the spectrogram that the model takes at once; two of them are one source position. */
      readonly frames: number;
    }
  | {
      readonly kind: 'picture';
      /** Side of the square that a picture is resized to, and of one patch, in pixels. */
      readonly size: number;
      readonly patch: number;
      readonly factor: number;
      readonly mean: readonly number[];
      readonly std: readonly number[];
    };

/** What a run's source looks like, to draw attention on it. */
export type RunMedia =
  | {
      readonly kind: 'sound';
      readonly name: string;
      readonly seconds: number;
      /** Seconds that one source position stands for. */
      readonly step: number;
      /** Grey levels of the spectrogram, [rows][cols], low pitches last, base64 of bytes; the sound alone, no padding. */
      readonly rows: number;
      readonly cols: number;
      readonly levels: string;
    }
  | {
      readonly kind: 'picture';
      readonly name: string;
      /** As the model sees it: a square of `side` pixels, RGB, base64 of bytes. */
      readonly side: number;
      readonly pixels: string;
      /** Patches in a row, and of a column; source position 0 is the class token. */
      readonly across: number;
    };
