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
