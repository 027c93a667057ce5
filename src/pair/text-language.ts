import type { Direction, ModelInfo } from '../contract/model-info.ts';

/** Language that a text is most likely in, as far as its script tells; 'en' stands for the Latin script at large. */
export type ScriptLanguage =
  | 'zh'
  | 'ja'
  | 'ko'
  | 'ru'
  | 'ar'
  | 'he'
  | 'hi'
  | 'bn'
  | 'ta'
  | 'th'
  | 'el'
  | 'ka'
  | 'hy'
  | 'en';

const SCRIPTS: readonly (readonly [ScriptLanguage, RegExp])[] = [
  ['zh', /\p{Script=Han}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
];

const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}'’]*/gu;

/**
 * Guesses the language of a text from its script. Latin words count as one and letters of other scripts singly, so that
 * a name inside a Chinese sentence does not make it English; a few kana make Han text Japanese.
 * @returns undefined when the text has no letters of a known script (numbers, punctuation, emoji)
 */
export function scriptOf(text: string): ScriptLanguage | undefined {
  const counts = new Map<ScriptLanguage, number>(
    SCRIPTS.map(([language, letters]) => [language, text.match(letters)?.length ?? 0]),
  );
  const han = counts.get('zh') ?? 0;
  const kana = counts.get('ja') ?? 0;
  if (kana > 0 && kana * 10 >= han) {
    counts.set('ja', kana + han);
    counts.set('zh', 0);
  }
  // Alphabets are counted by word as Latin is: a word there is about five letters.
  const alphabetic = new Set<ScriptLanguage>(['ru', 'ar', 'he', 'hi', 'bn', 'ta', 'el', 'ka', 'hy']);
  let best: ScriptLanguage | undefined;
  let most = 0;
  for (const [language, count] of [...counts, ['en', text.match(LATIN_WORD)?.length ?? 0] as const]) {
    const words = alphabetic.has(language) ? count / 5 : count;
    if (words > most) {
      most = words;
      best = language;
    }
  }
  return best;
}

/**
 * The token of the source's language, for models that have to be told, from the script of the text.
 * @param direction token of the target's language: a text is not taken for one in the language that it goes to
 * @returns undefined when the model needs none, or the script does not tell
 */
export function sourceLanguage(
  info: Pick<ModelInfo, 'sources'>,
  source: string,
  direction: string | undefined,
): string | undefined {
  const sources: readonly Direction[] = info.sources ?? [];
  const from = scriptOf(source);
  if (sources.length === 0 || from === undefined) return undefined;
  const others = sources.filter(({ token }) => token !== direction);
  return directionTowards(others, from) ?? directionTowards(sources, from);
}

/**
 * The direction token to put before the source (`>>cmn<<`), from the script of the texts: towards the target's
 * language where there is a target, else away from the source's, preferring Chinese for a Latin source.
 * @returns undefined when the model has no directions; its first direction when the scripts do not tell
 */
export function targetDirection(
  info: Pick<ModelInfo, 'directions'>,
  source: string,
  target?: string,
): string | undefined {
  // A task without a language (T5's summarize) is only taken where there is nothing else.
  const languages = info.directions.filter(({ language }) => language !== 'und');
  const directions = languages.length > 0 ? languages : info.directions;
  if (directions.length === 0) return undefined;
  const towards = (language: string) => directionTowards(directions, language);
  const from = scriptOf(source);
  const to = target === undefined ? undefined : scriptOf(target);
  if (to !== undefined) {
    // Latin to Latin: English on one side only, and which one the letters don't tell.
    const token = to === 'en' && from === 'en' ? (latin(directions) ?? towards('en')) : towards(to);
    if (token !== undefined) return token;
  }
  const away = directions.filter((direction) => script(primary(direction.language)) !== from);
  if (from === 'en') return towards('zh') ?? away[0]?.token ?? directions[0].token;
  return away.find((direction) => primary(direction.language) === 'en')?.token ?? away[0]?.token ?? directions[0].token;
}

/** The direction of a language as scriptOf names it: the language itself, or one in its script. */
function directionTowards(directions: readonly Direction[], language: string): string | undefined {
  const exact = directions.find((direction) => primary(direction.language) === language);
  if (exact !== undefined) return exact.token;
  if (language === 'en') return latin(directions);
  return directions.find((direction) => script(primary(direction.language)) === language)?.token;
}

/** One written in Latin letters other than English, those with the most texts first. */
function latin(directions: readonly Direction[]): string | undefined {
  const found = directions.filter(({ language }) => script(primary(language)) === 'en' && primary(language) !== 'en');
  const common = COMMON.map((code) => found.find(({ language }) => primary(language) === code));
  return (common.find((direction) => direction !== undefined) ?? found[0])?.token;
}

const COMMON = ['fr', 'de', 'es', 'pt', 'it'];

function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0];
}

/** The name under which scriptOf would report a language: languages in Latin letters are all 'en' to it. */
function script(language: string): string {
  if (['zh', 'ja', 'ko', 'el', 'ka', 'hy', 'ta', 'th', 'he', 'bn'].includes(language)) return language;
  if (['ru', 'uk', 'bg', 'be', 'mk', 'sr', 'kk', 'mn'].includes(language)) return 'ru';
  if (['ar', 'fa', 'ur', 'ps'].includes(language)) return 'ar';
  if (['hi', 'mr', 'ne', 'sa'].includes(language)) return 'hi';
  return ['cmn', 'yue', 'wuu'].includes(language) ? 'zh' : 'en';
}

/** ISO 639-1, and of 639-3 what corpora are named with; the latter stand for the former. */
const CODES =
  'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu yue wuu fil';
const LONG =
  'eng=en zho=zh chi=zh cmn=zh fra=fr fre=fr deu=de ger=de spa=es por=pt ita=it jpn=ja kor=ko rus=ru ara=ar arb=ar hin=hi vie=vi tha=th nld=nl tur=tr pol=pl ukr=uk ces=cs swe=sv fin=fi ell=el heb=he ind=id msa=ms zsm=ms ben=bn urd=ur fas=fa pes=fa ron=ro hun=hu dan=da nob=nb';
const NAMES =
  'english=en chinese=zh mandarin=zh french=fr german=de spanish=es portuguese=pt italian=it japanese=ja korean=ko russian=ru arabic=ar hindi=hi vietnamese=vi thai=th dutch=nl turkish=tr polish=pl ukrainian=uk czech=cs swedish=sv finnish=fi greek=el hebrew=he indonesian=id malay=ms bengali=bn urdu=ur persian=fa romanian=ro hungarian=hu danish=da norwegian=no cantonese=yue';

/** Codes that are English words, common names of fields, or endings of program files. */
const DOUBTFUL =
  'am as be ch co cs el et ga he id ie ii in io is it la li lo ma me mi mk ml mt my na ne no ny om or os pa pi pl ps sc se sg sh si sl sm so st su ti tk to ts tt tw ve wa';

const table = (list: string) => list.split(' ').map((entry) => entry.split('=') as [string, string]);
const PRIMARY = new Map([...CODES.split(' ').map((code): [string, string] => [code, code]), ...table(LONG)]);
const WORDS = new Map(table(NAMES));
const DOUBTED = new Set(DOUBTFUL.split(' '));
/** Language, perhaps script, perhaps region: zh, zh-CN, zh_Hans_CN, cmn_Hans, es-419. */
const TAG = /^([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?$/i;

/** The primary language of a tag such as `zh-CN` or `eng_Latn`. @returns undefined when it is no language that is known */
export function languageOfTag(tag: string): string | undefined {
  const primary = TAG.exec(tag)?.[1];
  return primary && PRIMARY.get(primary.toLowerCase());
}

/** The same for what fields and columns are called: a tag, or an English name such as `Chinese`. */
export function languageOfField(name: string): string | undefined {
  return languageOfTag(name) ?? WORDS.get(name.toLowerCase());
}

/** True for a tag that may well be no language: there has to be another sign that it is one. */
export function isDoubtfulLanguage(tag: string): boolean {
  return DOUBTED.has(tag.toLowerCase());
}

/** True for text that is language rather than an identifier, a path or a number: words with spaces, or another script. */
export function isLanguage(text: string): boolean {
  return /[\p{L}\p{N}][.,;:!?…'’")]*\s+\S*\p{L}/u.test(text) || /[^\P{L}\p{Script=Latin}]/u.test(text);
}
