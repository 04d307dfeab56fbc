// model.py: the network as a module of PyTorch, one line a layer, as a person would write it.
import { lastReaders, type Network } from '#engine/network';
import { layerInCode } from './layers';

const INDENT = '        ';

/** For each node the variable its output is kept in: "x" as long as only the next layer reads it. */
function variables(network: Network): (place: number) => string {
  const { nodes } = network;
  const last = lastReaders(network);
  const isPassedOn = (place: number): boolean => {
    const readers = nodes.flatMap(({ inputs }, reader) => inputs.filter((input) => input === place).map(() => reader));
    return readers.length === 0 ? last[place] === nodes.length : readers.length === 1 && readers[0] === place + 1;
  };
  const isInputPassedOn = isPassedOn(-1);
  const names = nodes.map(({ name }, place) => (isPassedOn(place) ? 'x' : name));
  return (place) => (place < 0 ? (isInputPassedOn ? 'x' : 'inputs') : names[place]);
}

export function modelCode(network: Network, about: string): string {
  const { nodes, inputShape } = network;
  const variable = variables(network);
  const shapeOf = (place: number) => (place < 0 ? inputShape : nodes[place].layer.outputShape);
  const [modules, lines]: [string[], string[]] = [[], []];
  for (const [place, { name, layer, inputs }] of nodes.entries()) {
    const { module, call } = layerInCode(layer, inputs.map(shapeOf));
    if (module) modules.push(`${INDENT}self.${name} = ${module}`);
    lines.push(`${INDENT}${variable(place)} = ${call(`self.${name}`, inputs.map(variable))}`);
  }
  const body = [...modules, ...lines].join('\n');
  const uses = (word: string): boolean => body.includes(word);
  const input =
    inputShape.length === 3 ? `pictures [n, ${[inputShape[2], inputShape[0], inputShape[1]].join(', ')}]` : `rows [n, ${inputShape[0]}]`;
  return `"""${about}"""

${uses('math.') ? 'import math\n\n' : ''}${uses('torch.') ? 'import torch\n' : ''}from torch import Tensor, nn
${uses('F.') ? 'from torch.nn import functional as F\n' : ''}${uses('BatchNorm2d(') ? '\nfrom batch_norm import BatchNorm2d\n' : ''}
${uses('attention(') ? ATTENTION : ''}
class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
${modules.join('\n')}

    def forward(self, ${variable(-1)}: Tensor) -> Tensor:
        """Takes ${input}; answers logits, or the value."""
${lines.join('\n')}
        return ${variable(nodes.length - 1)}
`;
}

const ATTENTION = `
def attention(x: Tensor, heads: int) -> Tensor:
    """Between tokens [n, tokens, features]; queries, keys and values lie beside each other in x."""
    n, tokens, width = x.shape
    query, key, value = x.view(n, tokens, 3, heads, -1).permute(2, 0, 3, 1, 4)
    seen = F.scaled_dot_product_attention(query, key, value)
    return seen.transpose(1, 2).reshape(n, tokens, width // 3)

`;
