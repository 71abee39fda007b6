"""Files that are missing, empty, damaged or of another kind; their tables and columns."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "is a folder": "是一个文件夹",
        "name the file in it": "请写出其中的文件名",
        "is not there": "不存在",
        "check the path; it counts from the folder of the plan": (
            "请检查路径；路径从 plan.toml 所在文件夹算起"
        ),
        "is of a kind that is not read ({})": "是不支持的文件类型（{}）",
        "save it as one of {}": "请另存为以下格式之一：{}",
        "does not exist": "不存在",
        "check it": "请检查该文件",
        "is empty": "为空",
        "is empty (0 bytes)": "是空文件（0 字节）",
        "download it again": "请重新下载",
        "is missing": "缺失",
        "install lifecircle again": "请重新安装 lifecircle",
        "is damaged (its checksum differs)": "已损坏（校验和不符）",
        "install again": "请重新安装",
        "cannot be read ({})": "无法读取（{}）",
        "save it anew from the program that made it": "请用生成它的软件重新保存",
        "save it anew": "请重新保存",
        "holds several {}s: {}": "含有多个{}：{!s}",
        "holds no {}": "没有{}",
        "say which with {} = ...": "请用 {!s} = ... 指明用哪一个",
        "has no layer {}": "没有图层 {!s}",
        "its layers are {}": "其中的图层有：{!s}",
        "has no sheet {}": "没有工作表 {}",
        "its sheets are {}": "其中的工作表有：{!s}",
        "its text is not in {}": "其文字编码不是 {}",
        "say encoding = ..., or save it as GeoPackage": (
            "请写明 encoding = ...，或另存为 GeoPackage"
        ),
        "say encoding = ..., or save it as UTF-8": "请写明 encoding = ...，或另存为 UTF-8",
        "encoding {} is not known": "不认识编码 {}",
        "write for instance utf-8 or gb18030": "请写例如 utf-8 或 gb18030",
        "has shapes of its own, so that x and y say nothing": (
            "本身带有几何图形，x 与 y 选项没有意义"
        ),
        "take them out": "请删去这两项",
        "take it out": "请删去它",
        "option {} says nothing about this layer in a {} file": (
            "选项 {!s} 对 {!s} 文件中的这一图层不起作用"
        ),
        "has {} columns headed {}": "有 {} 列的标题都是 {}",
        "give each a heading of its own": "请让每列的标题各不相同",
        "has several columns for the {}: {}": "有多列都像是{}：{!s}",
        "say which, for instance {} = {}": "请指明用哪一列，例如 {!s} = {!s}",
        "has no column {}": "没有列 {!s}",
        "its columns are {}": "现有的列：{!s}",
        "has no column for the {}": "没有表示{}的列",
        "name it with {} = ...; its columns are {}": "请用 {!s} = ... 指明；现有的列：{!s}",
        "give a heading with a column for x and one for y, and rows": (
            "请给出含 x、y 两列的标题行，以及数据行"
        ),
        "has only one of the options x and y": "只给了 x 与 y 两个选项之一",
        "name both columns": "请同时写明两列",
        "has no heading with columns for longitude and latitude, or x and y": (
            "标题行中没有经度、纬度或 x、y 列"
        ),
        "name them with x = ... and y = ...; it has {}": (
            "请用 x = ... 和 y = ... 指明；现有的列：{}"
        ),
        "cannot be split into cells ({})": "无法拆分成单元格（{}）",
        "close its quotes, or save it anew": "请补全引号，或重新保存",
        "mixes points and areas": "混有点和面",
        "give either, each with its people": "请只给其中一种，并各带人数",
        "none of its {} records can be used ({}: {})": "{0} 条记录无一可用（{2}：{1} 条）",
        "repair the file, or say which columns hold what": "请修复文件，或指明各列的含义",
        "give at least one record": "请至少提供一条记录",
        "holds only {}, but {} must be {}": "只有{}，而{}须为{}",
        "give {}": "请提供{}",
        "must be taken, but cannot be used: {}": "标为必选（must），却无法使用：{}",
        "correct it, or take its must out": "请改正，或去掉它的 must",
        "none of its {} candidates can be used ({}: {})": "{0} 个候选点无一可用（{2}：{1} 个）",
        "repair the file": "请修复文件",
        "give at least one candidate": "请至少提供一个候选点",
        "is both must and barred": "既标为必选（must）又标为禁用（barred）",
        "keep one of them": "请只保留其一",
        "does not say where the layers beside it come from ({})": "没有说明旁边各图层的来源（{}）",
        "run 'lifecircle fetch' again": "请重新运行 lifecircle fetch",
        "is not in UTF-8": "不是 UTF-8 编码",
        "save it as UTF-8": "请另存为 UTF-8",
        "cannot be written to ({})": "无法写入（{}）",
        "make it writable, or free space": "请开放写入权限，或腾出磁盘空间",
        "could not be changed ({})": "无法修改（{}）",
        "write into its [layers]: {}": "请在它的 [layers] 中写入：{}",
        "choose another folder": "请另选文件夹",
        "there is no such file": "没有这个文件",
        "check the path": "请检查路径",
        "check the file": "请检查该文件",
    }
)
