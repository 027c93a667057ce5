import { Ajv, type ErrorObject } from 'ajv';

/** What of a value breaks a schema, by Ajv; one that uses words which JSON Schema does not know is refused. */
export function broken(value: unknown, schema: object): string[] {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  return (validate.errors ?? []).map(problem);
}

function problem({ instancePath, keyword, params, message }: ErrorObject): string {
  const at = `$${instancePath}`;
  if (keyword === 'required') return `${at}: has no ${params.missingProperty}`;
  if (keyword === 'additionalProperties') return `${at}: ${params.additionalProperty} is not described`;
  return `${at}: ${message}`;
}
