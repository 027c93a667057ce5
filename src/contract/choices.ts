/** Colour maps that a person may choose: the theme's own accent, or a perceptual one that is the same in every theme. */
export const COLOR_MAPS = ['theme', 'viridis', 'cividis', 'inferno', 'greys'] as const;

export type ColorMap = (typeof COLOR_MAPS)[number];
