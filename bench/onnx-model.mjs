const FLOAT = 1;
const OPSET = 13;
const IR_VERSION = 8;

/**
 * A small ONNX model as the bytes of its protobuf (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): enough for nodes
 * with integer attributes and floats that come and go.
 * @param nodes [operator, inputs, outputs, {attribute: integer or list of integers}?][]
 * @param inputs, outputs {name: shape}    @param constants {name: number}
 */
export function onnxModel(nodes, inputs, outputs, constants = {}) {
  const graph = [
    ...nodes.flatMap(([operator, from, to, attributes = {}]) => field(1, node(operator, from, to, attributes))),
    ...text(2, 'graph'),
    ...Object.entries(constants).flatMap(([name, value]) => field(5, scalar(name, value))),
    ...Object.entries(inputs).flatMap(([name, shape]) => field(11, valueInfo(name, shape))),
    ...Object.entries(outputs).flatMap(([name, shape]) => field(12, valueInfo(name, shape))),
  ];
  return new Uint8Array([
    ...number(1, IR_VERSION),
    ...field(7, graph),
    ...field(8, [...text(1, ''), ...number(2, OPSET)]),
  ]);
}

function node(operator, from, to, attributes) {
  return [
    ...from.flatMap((name) => text(1, name)),
    ...to.flatMap((name) => text(2, name)),
    ...text(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      field(5, [
        ...text(1, name),
        ...(Array.isArray(value) ? value.flatMap((one) => number(8, one)) : number(3, value)),
        ...number(20, Array.isArray(value) ? 7 : 2),
      ]),
    ),
  ];
}

function scalar(name, value) {
  return [...number(2, FLOAT), ...text(8, name), ...field(9, [...new Uint8Array(new Float32Array([value]).buffer)])];
}

function valueInfo(name, shape) {
  const dimensions = shape.flatMap((size) => field(1, number(1, size)));
  return [...text(1, name), ...field(2, field(1, [...number(1, FLOAT), ...field(2, dimensions)]))];
}

function text(at, value) {
  return field(at, [...new TextEncoder().encode(value)]);
}

function field(at, bytes) {
  return [...varint((at << 3) | 2), ...varint(bytes.length), ...bytes];
}

function number(at, value) {
  return [...varint(at << 3), ...varint(value)];
}

function varint(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}
