"""The model card's summary in Chinese, for models/en-zh/README.zh-cn.md; card.py writes it with the figures of eval.json."""

from model import CONFIG
from train import HEADS


def chinese_card(result: dict, pairs: int, pieces: int) -> str:
    facts, tr, al = result["training"], result["translation"], result["alignment"]
    (pl, ph, _), (rl, rh, _) = HEADS
    best, both = al["bestHead"], al["bothDirections"]
    predicting, reading = best["predicting"], best["reading"]
    return f"""# 英中双向翻译模型，{facts['parameters'] / 1e6:.1f} M 参数

完整的模型卡片（英文）：[README.md](README.md)。

这是一个小型 Marian Transformer，在英语与简体中文之间翻译日常短句。它为 Attention Explorer 从零训练，使交叉注意力有一个真实的模型可看：其中两个头专门训练过对齐。它小到可以随扩展一起分发，并且由读取任何 Hugging Face Marian 检查点的同一套代码加载。它供观察注意力之用，不要用它翻译任何要紧的内容。

## 结构

- 第一个源词元指明目标语言：`>>cmn<< I like eating ice cream.` 或 `>>eng<< 我喜欢吃冰淇淋。`
- `MarianMTModel`，后置归一化 (post-norm)：宽度 {CONFIG['d_model']}，{CONFIG['heads']} 个头、每个 {CONFIG['d_model'] // CONFIG['heads']} 维，编码器 {CONFIG['encoder_layers']} 层，解码器 {CONFIG['decoder_layers']} 层，前馈层 {CONFIG['ffn']} (SiLU)，{pieces} 个子词，三处嵌入共享权重，正弦位置编码，共 {facts['parameters']:,} 个参数。
- 分词器：两种语言共用一个 unigram 词表；全角标点保持原样；数字逐位切分；中文子词为一到四个字的词。词表以外的字符成为 `<unk>`（没有字节回退）。
- `config.json` 中的 `attention_explorer` 给出两个对齐头（从 0 计数），`bestAlignment` 给出下表中错误率最低的对齐方式：该头在两个翻译方向上各运行一次，并附阈值。

## 在开发集上的结果

由 `training/evaluate.py` 用本文件夹中的 F16 权重测得：{result['sentences']} 个留出的句对，各一个参考译文，贪心解码。译成中文的 BLEU 按字计算，译成英文的 BLEU 使用 13a 分词；chrF 为 chrF2。训练时也用开发集观察进度，因此这些是开发集而非测试集的数字。

| 方向 | BLEU | chrF |
| --- | --- | --- |
| 英 → 中 | {tr['en-zh']['bleuCharacters']:.1f}（按字） | {tr['en-zh']['chrf']:.1f} |
| 中 → 英 | {tr['zh-en']['bleu']:.1f} | {tr['zh-en']['chrf']:.1f} |

交叉注意力的对齐错误率 (AER) 在 {al['sentences']} 个人工对齐的句对上测得，越低越好。“预测行”取预测某子词的那一行，“读入行”取其后一行，即以该子词为输入的那一行 (Chen et al., 2020)。层和头从 0 计数；阈值就是在这些句对上选取的。

| 对齐方式 | 行 | 英 → 中 | 中 → 英 |
| --- | --- | --- | --- |
| 最佳单头：第 {predicting['layer']} 层第 {predicting['head']} 头 | 预测行 | {predicting['en-zh']:.3f} | {predicting['zh-en']:.3f} |
| 最佳单头，双向，几何平均大于 {both['predicting']['geometricMeanAbove']} | 预测行 | {both['predicting']['aer']:.3f} | {both['predicting']['aer']:.3f} |
| 最佳单头：第 {reading['layer']} 层第 {reading['head']} 头 | 读入行 | {reading['en-zh']:.3f} | {reading['zh-en']:.3f} |
| 最佳单头，双向，几何平均大于 {both['reading']['geometricMeanAbove']} | 读入行 | {both['reading']['aer']:.3f} | {both['reading']['aer']:.3f} |

## 训练

- 数据：{pairs:,} 个句对，每个句对两个方向都用，来自 Tatoeba（日常短句）和图像描述（MS COCO 及 3AM 的中文译文）。
- {facts['updates']:,} 次更新，{facts['targetPieces'] / 1e6:.1f} M 个目标子词，在两个 CPU 核上用时 {facts['minutes']:.0f} 分钟。
- **两个交叉注意力头受过监督**，它们的对齐是教出来的，而不是自己学到的：第 {pl} 层第 {ph} 头在预测行、第 {rl} 层第 {rh} 头在读入行，学习统计对齐器给出的链接（权重 0.1；Garg et al., 2019）。其余的头保持训练结果原样。

## 局限

- 只适合日常短句；人名、数字、长句和专门词汇常常出错，不会的内容会编造。繁体字大多不认识。
- 带有 Tatoeba 和图像描述的偏向（到处都是 Tom 和 Mary）。
- 注意力头中某个词的权重不能解释译文为何如此，在专门训练过指向词语的头里更是如此。

## 来源与许可

本模型以 CC-BY 4.0 许可提供。训练数据来自 Tatoeba (CC-BY 2.0 FR)、MS COCO 图像描述 (CC-BY 4.0) 和 3AM 的中文译文 (MIT)；完整的声明与贡献者名单见 [README.md](README.md)。
"""
