interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const KNOWN =
  /^(\$ref|\$schema|type|const|enum|oneOf|properties|required|additionalProperties|items|minimum|minItems|maxItems|definitions|title|description)$/;

/** What of a value breaks a schema: the part of JSON Schema draft 7 that ours uses, and no word besides. */
export function broken(value: unknown, schema: Schema, root = schema, at = '$'): string[] {
  const strange = Object.keys(schema).filter((key) => !KNOWN.test(key));
  if (strange.length) return [`${at}: the schema has ${strange}`];
  if (schema.$ref) return broken(value, root.definitions![schema.$ref.replace('#/definitions/', '')], root, at);
  if (schema.oneOf) {
    const fits = schema.oneOf.filter((one) => broken(value, one, root, at).length === 0).length;
    return fits === 1 ? [] : [`${at}: fits ${fits} of the choices`];
  }
  const problems: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) problems.push(`${at}: ${what}, not ${JSON.stringify(value)?.slice(0, 60)}`);
  };
  if ('const' in schema) expect(value === schema.const, `has to be ${schema.const}`);
  if (schema.enum) expect(schema.enum.includes(value), `one of ${schema.enum}`);
  if (schema.type)
    expect(
      [schema.type].flat().some((type) => isOf(value, type)),
      `has to be of type ${schema.type}`,
    );
  if (schema.minimum !== undefined && typeof value === 'number') expect(value >= schema.minimum, `≥ ${schema.minimum}`);
  if (Array.isArray(value)) {
    expect(value.length >= (schema.minItems ?? 0) && value.length <= (schema.maxItems ?? Infinity), 'as many items');
    if (schema.items)
      for (const [i, item] of value.entries()) problems.push(...broken(item, schema.items!, root, `${at}[${i}]`));
  } else if (value !== null && typeof value === 'object') {
    for (const name of schema.required ?? []) if (!(name in value)) problems.push(`${at}: has no ${name}`);
    for (const [name, inner] of Object.entries(value)) {
      const known = schema.properties?.[name];
      if (known) problems.push(...broken(inner, known, root, `${at}.${name}`));
      else if (schema.additionalProperties === false) problems.push(`${at}: ${name} is not described`);
    }
  }
  return problems;
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}
