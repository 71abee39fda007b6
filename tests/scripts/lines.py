"""The exact line that each planted mistake must give, in English and in Chinese."""

from __future__ import annotations

LINES: dict[str, tuple[str, str]] = {
    "table misspelt": (
        "plan.toml, line 1: [plase] is an unknown key; did you mean place?",
        "plan.toml，第 1 行：[plase] 是未知的键；是否指 place？",
    ),
    "layer misspelt": (
        "plan.toml, line 2: [layers] park is an unknown key; did you mean parks?",
        "plan.toml，第 2 行：[layers] park 是未知的键；是否指 parks？",
    ),
    "key in another table": (
        "plan.toml, line 2: [layers] language is an unknown key; it belongs under [place]",
        "plan.toml，第 2 行：[layers] language 是未知的键；它应写在 [place] 下",
    ),
    "key like no other": (
        (
            "plan.toml, line 2: [walker] colour is an unknown key; known keys are speed_m_per_s, "
            "stairs, slope"
        ),
        "plan.toml，第 2 行：[walker] colour 是未知的键；可用的键：speed_m_per_s, stairs, slope",
    ),
    "option misspelt": (
        "plan.toml, line 2: [layers.homes] weigth is an unknown key; did you mean weight?",
        "plan.toml，第 2 行：[layers.homes] weigth 是未知的键；是否指 weight？",
    ),
    "layer without path": (
        "plan.toml, line 2: [layers.homes] has no path; give it: path = ...",
        "plan.toml，第 2 行：[layers.homes] 缺少 path；请补上：path = ...",
    ),
    "key in Chinese": (
        "plan.toml, line 2: has the key 道路; write keys in English, as 'lifecircle init' does",
        "plan.toml，第 2 行：键名是 道路；键名请用英文，写法见 lifecircle init 生成的文件",
    ),
    "key twice": (
        "plan.toml, line 3: gives homes twice; keep one of them",
        "plan.toml，第 3 行：homes 写了两次；请只保留其一",
    ),
    "table twice": (
        "plan.toml, line 2: gives [layers] twice; keep one of them",
        "plan.toml，第 2 行：[layers] 写了两次；请只保留其一",
    ),
    "number in words": (
        (
            "plan.toml, line 2: [measure] leg_limit_m: must be a number, not 'hundert'; give a "
            "number without quotes or unit"
        ),
        (
            "plan.toml，第 2 行：[measure] leg_limit_m：必须是数字，而不是 'hundert'；"
            "请写不带引号和单位的数字"
        ),
    ),
    "number with unit": (
        (
            "plan.toml, line 2: [measure] leg_limit_m: must be a number, not '100米'; write the "
            "number alone: leg_limit_m = 100"
        ),
        (
            "plan.toml，第 2 行：[measure] leg_limit_m：必须是数字，而不是 '100米'；请只写数字："
            "leg_limit_m = 100"
        ),
    ),
    "number too large": (
        (
            "plan.toml, line 2: [measure] leg_limit_m: must be 1000 or less, not 5000; give such a "
            "number"
        ),
        (
            "plan.toml，第 2 行：[measure] leg_limit_m：必须是不大于 1000 的数，而不是 5000；"
            "请写这样的数"
        ),
    ),
    "number not above 0": (
        "plan.toml, line 2: [measure] leg_limit_m: must be above 0, not 0; give such a number",
        "plan.toml，第 2 行：[measure] leg_limit_m：必须是大于 0 的数，而不是 0；请写这样的数",
    ),
    "truth in words": (
        (
            "plan.toml, line 2: [measure] ways: must be true or false, not 'maybe'; write true or "
            "false without quotes"
        ),
        (
            "plan.toml，第 2 行：[measure] ways：必须是 true 或 false，而不是 'maybe'；"
            "请写不带引号的 true 或 false"
        ),
    ),
    "truth in capitals": (
        "plan.toml, line 2: ways = True is not understood; write true or false, in small letters",
        "plan.toml，第 2 行：看不懂 ways = True；请写小写的 true 或 false",
    ),
    "text as number": (
        (
            "plan.toml, line 2: [place] crs: must be text in quotes, not 4548; put it in quotes: "
            'crs = "4548"'
        ),
        (
            "plan.toml，第 2 行：[place] crs：必须是加引号的文字，而不是 4548；请加引号：crs = "
            '"4548"'
        ),
    ),
    "date without quotes": (
        (
            "plan.toml, line 2: [data] date: must be text in quotes, not 2024-05-01; put it in "
            'quotes: date = "2024-05-01"'
        ),
        (
            "plan.toml，第 2 行：[data] date：必须是加引号的文字，而不是 2024-05-01；请加引号："
            'date = "2024-05-01"'
        ),
    ),
    "other language": (
        (
            'plan.toml, line 2: [place] language: must be one of "zh", "en", not \'cn\'; write '
            'for instance language = "zh"'
        ),
        (
            'plan.toml，第 2 行：[place] language：必须是以下之一："zh", "en"，而不是 \'cn\'；'
            '请写例如 language = "zh"'
        ),
    ),
    "one standard without list": (
        (
            "plan.toml, line 2: [measure] standards: must be a list in brackets, not 'park_500m'; "
            'write standards = ["park_500m"]'
        ),
        (
            "plan.toml，第 2 行：[measure] standards：必须是方括号中的列表，而不是 'park_500m'；"
            '请写 standards = ["park_500m"]'
        ),
    ),
    "standard misspelt": (
        (
            "plan.toml: [measure] standards names an unknown standard 'bus_stop_500'; did you mean "
            "bus_stop_500m? 'lifecircle standards' lists them all"
        ),
        (
            "plan.toml：[measure] standards 中的“bus_stop_500”不是已知标准；是否指 "
            "bus_stop_500m？全部标准见 lifecircle standards"
        ),
    ),
    "no standard": (
        "plan.toml: [measure] standards is empty; name at least one standard",
        "plan.toml：[measure] standards 为空；请至少写一个标准",
    ),
    "two faults": (
        (
            "plan.toml, line 2: [place] name: must be text in quotes, not 3 (and 1 more); put it "
            'in quotes: name = "3"'
        ),
        (
            "plan.toml，第 2 行：[place] name：必须是加引号的文字，而不是 3（另有 1 处）；"
            '请加引号：name = "3"'
        ),
    ),
    "unknown crs": (
        (
            "plan.toml: crs 'EPSG:99999' is not known; write an EPSG code, for instance EPSG:4548 "
            "(CGCS2000, central meridian 117 E) or EPSG:32650 (UTM zone 50 N)"
        ),
        (
            "plan.toml：不认识坐标系 'EPSG:99999'；请写 EPSG 代码，例如 EPSG:4548（CGCS2000，"
            "中央经线 117°E）或 EPSG:32650（UTM 50N 带）"
        ),
    ),
    "crs in degrees": (
        (
            "plan.toml: CRS EPSG:4326 (WGS 84) is in degrees; use a local CRS in metres, for "
            "instance EPSG:4548 (CGCS2000, central meridian 117 E) or EPSG:32650 (UTM zone 50 N)"
        ),
        (
            "plan.toml：坐标系 EPSG:4326（WGS 84）以度为单位；请用以米为单位的地方坐标系，例如 "
            "EPSG:4548（CGCS2000，中央经线 117°E）或 EPSG:32650（UTM 50N 带）"
        ),
    ),
    "slope without heights": (
        (
            'plan.toml: [walker] slope needs heights; name a raster: elevation = "..." under '
            "[layers]"
        ),
        'plan.toml：[walker] slope 需要高程；请在 [layers] 下写明栅格：elevation = "..."',
    ),
    "own key misspelt": (
        "plan.toml: [standards.park_500m] has an unknown key 'reach'; did you mean reach_m?",
        "plan.toml：[standards.park_500m] 有未知的键“reach”；是否指 reach_m？",
    ),
    "own reach negative": (
        (
            "plan.toml: [standards.park_500m] reach_m must be a number above 0; correct it in the "
            "plan's [standards] table"
        ),
        (
            "plan.toml：[standards.park_500m] reach_m 必须是大于 0 的数字；请在计划的 [standards] "
            "表中改正"
        ),
    ),
    "path without quotes": (
        (
            "plan.toml, line 2: parks = parks.shp is not understood; put text and paths in quotes, "
            "and give numbers without a unit"
        ),
        "plan.toml，第 2 行：看不懂 parks = parks.shp；文字和路径请加引号，数字不带单位",
    ),
    "Chinese quotes": (
        'plan.toml, line 2: has the full-width sign “; write signs half-width: " = , [ ] { }',
        'plan.toml，第 2 行：含有全角符号 “；请改用半角符号：" = , [ ] { }',
    ),
    "quote not closed": (
        "plan.toml, line 2: has a quote, bracket or brace that is never closed; close it",
        "plan.toml，第 2 行：有引号或括号没有闭合；请补上",
    ),
    "backslashes": (
        (
            "plan.toml, line 2: has a backslash in quotes, which stands for something else; write "
            "/ in paths, or put the path in single quotes"
        ),
        "plan.toml，第 2 行：引号中有反斜杠，会被当作转义符；路径请用 /，或把路径放在单引号中",
    ),
    "backslash taken for a tab": (
        (
            "plan.toml, line 2: [layers] parks has a backslash in quotes, which stands for "
            "something else; write / in paths, or put the path in single quotes"
        ),
        (
            "plan.toml，第 2 行：[layers] parks 的引号中有反斜杠，会被当作转义符；路径请用 /，"
            "或把路径放在单引号中"
        ),
    ),
    "colon": (
        'plan.toml, line 2: has no = after the key: parks: "parks.shp"; write key = value',
        'plan.toml，第 2 行：键名后面没有等号：parks: "parks.shp"；请写成 键 = 值',
    ),
    "empty path": (
        "plan.toml, line 2: [layers] parks is empty; name a file, or take the line out",
        "plan.toml，第 2 行：[layers] parks 为空；请写明文件，或删去该行",
    ),
    "bracket not closed": (
        "plan.toml, line 1: has a quote, bracket or brace that is never closed; close it",
        "plan.toml，第 1 行：有引号或括号没有闭合；请补上",
    ),
    "saved in GBK": (
        "plan.toml: is not in UTF-8; save it as UTF-8",
        "plan.toml：不是 UTF-8 编码；请另存为 UTF-8",
    ),
    "no plan": (
        "plna.toml: there is no such plan; did you mean plan.toml?",
        "plna.toml：没有这个计划文件；是否指 plan.toml？",
    ),
    "data for a plan": (
        "homes.shp: is data, not a plan; name the plan.toml that lists it under [layers]",
        "homes.shp：是数据文件，不是计划；请写在 [layers] 中列出它的 plan.toml",
    ),
    "file not there": (
        "homes.xlsx, homes: is not there; did you mean homes.csv?",
        "homes.xlsx，住宅（homes）：不存在；是否指 homes.csv？",
    ),
    "folder not there": (
        (
            "数据/homes.csv, homes: is not there, nor its folder 数据; check the path; it counts "
            "from the folder of the plan"
        ),
        (
            "数据/homes.csv，住宅（homes）：不存在，文件夹 数据 也不存在；请检查路径；路径从 "
            "plan.toml 所在文件夹算起"
        ),
    ),
    "a folder": (
        "., homes: is a folder; name the file in it",
        ".，住宅（homes）：是一个文件夹；请写出其中的文件名",
    ),
    "empty file": (
        "t.csv, homes: is empty; give a heading with a column for x and one for y, and rows",
        "t.csv，住宅（homes）：为空；请给出含 x、y 两列的标题行，以及数据行",
    ),
    "no coordinates": (
        (
            "t.csv, homes: has no heading with columns for longitude and latitude, or x and y; "
            "name them with x = ... and y = ...; it has '小区', '人口'"
        ),
        (
            "t.csv，住宅（homes）：标题行中没有经度、纬度或 x、y 列；请用 x = ... 和 y = ... 指明；"
            "现有的列：'小区', '人口'"
        ),
    ),
    "one coordinate column": (
        "t.csv, homes: has only one of the options x and y; name both columns",
        "t.csv，住宅（homes）：只给了 x 与 y 两个选项之一；请同时写明两列",
    ),
    "column not there": (
        "t.csv, homes: has no column '居民'; its columns are '经度', '纬度', '人口'",
        "t.csv，住宅（homes）：没有列 '居民'；现有的列：'经度', '纬度', '人口'",
    ),
    "column nearly there": (
        (
            "t.csv, homes: has no column '人口数'; did you mean '人口'? its columns are '经度', "
            "'纬度', '人口'"
        ),
        "t.csv，住宅（homes）：没有列 '人口数'；是否指 '人口'？现有的列：'经度', '纬度', '人口'",
    ),
    "two columns of people": (
        (
            "t.csv, homes: has several columns for the number of people: '人口', '居住人口'; say "
            "which, for instance weight = '人口'"
        ),
        (
            "t.csv，住宅（homes）：有多列都像是人数：'人口', '居住人口'；请指明用哪一列，例如 "
            "weight = '人口'"
        ),
    ),
    "x and y without crs": (
        (
            "t.csv, homes: has no CRS: nothing says what 'x' and 'y' count; say crs = "
            '"EPSG:4326" if degrees, else for instance "EPSG:4548"'
        ),
        (
            "t.csv，住宅（homes）：没有坐标系：无从得知 'x' 与 'y' 的单位；经纬度请写 crs = "
            '"EPSG:4326"，投影坐标请写例如 "EPSG:4548"'
        ),
    ),
    "degrees in a metric crs": (
        (
            "t.csv, homes: columns '经度' and '纬度' hold degrees, but crs EPSG:4548 is in metres; "
            "take crs out, or name other columns with x = ... and y = ..."
        ),
        (
            "t.csv，住宅（homes）：列 '经度' 与 '纬度' 是经纬度，而坐标系 EPSG:4548 以米为单位；"
            "请删去 crs，或用 x = ... 和 y = ... 指明其他列"
        ),
    ),
    "swapped columns": (
        (
            "t.csv, homes: x is '纬度' and y is '经度'; swap them: x is the longitude, y the "
            "latitude"
        ),
        "t.csv，住宅（homes）：x 写成了 '纬度'，y 写成了 '经度'；请对调：x 是经度，y 是纬度",
    ),
    "swapped values": (
        (
            "t.csv, homes: coordinates such as 35.41, 116.58 are no degrees unless longitude and "
            "latitude are swapped; swap the headings '经度' and '纬度': x is the longitude, y the "
            "latitude"
        ),
        (
            "t.csv，住宅（homes）：坐标如 35.41, 116.58 不是经纬度，除非经度与纬度写反了；"
            "请对调表头 '经度' 与 '纬度'：x 是经度，y 是纬度"
        ),
    ),
    "metres for degrees": (
        (
            "t.csv, homes: coordinates such as 500000, 3920000 are no degrees, but its CRS is "
            "EPSG:4326; say crs = ... with the CRS in metres that they are in"
        ),
        (
            "t.csv，住宅（homes）：坐标如 500000, 3920000 不是经纬度，而其坐标系是 EPSG:4326；请用 "
            "crs = ... 写明它们所用的以米为单位的坐标系"
        ),
    ),
    "all people in words": (
        (
            "t.csv, homes: none of its 1 records can be used (1: 人口 is not a number (first: row "
            "2)); repair the file, or say which columns hold what"
        ),
        (
            "t.csv，住宅（homes）：1 条记录无一可用（人口 不是数字（首个：第 2 行）：1 条）；"
            "请修复文件，或指明各列的含义"
        ),
    ),
    "no rows": (
        "t.csv, homes: is empty; give at least one record",
        "t.csv，住宅（homes）：为空；请至少提供一条记录",
    ),
    "unknown encoding": (
        "t.csv, homes: encoding 'utf-9' is not known; write for instance utf-8 or gb18030",
        "t.csv，住宅（homes）：不认识编码 'utf-9'；请写例如 utf-8 或 gb18030",
    ),
    "wrong encoding": (
        "t.csv, homes: its text is not in utf-8; say encoding = ..., or save it as UTF-8",
        "t.csv，住宅（homes）：其文字编码不是 utf-8；请写明 encoding = ...，或另存为 UTF-8",
    ),
    "unknown crs of a table": (
        (
            "t.csv, homes: crs '济宁' is not known; write an EPSG code, for instance EPSG:4548 "
            "(CGCS2000, central meridian 117 E) or EPSG:32650 (UTM zone 50 N)"
        ),
        (
            "t.csv，住宅（homes）：不认识坐标系 '济宁'；请写 EPSG 代码，例如 EPSG:4548（CGCS2000，"
            "中央经线 117°E）或 EPSG:32650（UTM 50N 带）"
        ),
    ),
    "unknown datum": (
        "t.csv, homes: datum 'xian80' is not known; write one of wgs84, cgcs2000, bd09, gcj02",
        (
            "t.csv，住宅（homes）：不认识坐标基准 'xian80'；请写以下之一：wgs84, cgcs2000, bd09, "
            "gcj02"
        ),
    ),
    "option that means nothing": (
        "t.csv, homes: option sheet says nothing about this layer in a .csv file; take it out",
        "t.csv，住宅（homes）：选项 sheet 对 .csv 文件中的这一图层不起作用；请删去它",
    ),
    "no category": (
        (
            "t.csv, facilities: has no column for the category; name it with category = ...; its "
            "columns are '经度', '纬度'"
        ),
        (
            "t.csv，设施（facilities）：没有表示类别的列；请用 category = ... 指明；现有的列："
            "'经度', '纬度'"
        ),
    ),
    "lines for parks": (
        "s.geojson, parks: holds only lines, but parks must be polygons; give polygons",
        "s.geojson，公园（parks）：只有线，而公园须为面；请提供面",
    ),
    "points for streets": (
        "s.geojson, streets: holds only points, but streets must be lines; give lines",
        "s.geojson，道路（streets）：只有点，而道路须为线；请提供线",
    ),
    "areas and points of people": (
        (
            "s.geojson, population: has no column for the number of people; name it with weight = "
            "...; its columns are 'name'"
        ),
        (
            "s.geojson，人口（population）：没有表示人数的列；请用 weight = ... 指明；现有的列："
            "'name'"
        ),
    ),
    "no feature": (
        "s.geojson, streets: is empty; give at least one record",
        "s.geojson，道路（streets）：为空；请至少提供一条记录",
    ),
    "swapped shapes": (
        (
            "s.geojson, streets: coordinates such as 35.41, 116.58 are no degrees unless longitude "
            "and latitude are swapped; swap them with 'Swap X and Y coordinates' in QGIS, and name "
            "the file it makes"
        ),
        (
            "s.geojson，道路（streets）：坐标如 35.41, 116.58 不是经纬度，除非经度与纬度写反了；"
            "请用 QGIS 的“交换X和Y坐标”工具对调，再改用所得文件"
        ),
    ),
    "metres in GeoJSON": (
        (
            "s.geojson, streets: coordinates such as 500000, 3920000 are no degrees, but its CRS "
            "is EPSG:4326; say crs = ... with the CRS in metres that they are in"
        ),
        (
            "s.geojson，道路（streets）：坐标如 500000, 3920000 不是经纬度，而其坐标系是 "
            "EPSG:4326；请用 crs = ... 写明它们所用的以米为单位的坐标系"
        ),
    ),
    "x of shapes": (
        "s.geojson, streets: has shapes of its own, so that x and y say nothing; take them out",
        "s.geojson，道路（streets）：本身带有几何图形，x 与 y 选项没有意义；请删去这两项",
    ),
    "broken JSON": (
        (
            "s.geojson, streets: cannot be read (no JSON: Expecting property name enclosed in "
            "double quotes, line 1); save it anew from the program that made it"
        ),
        (
            "s.geojson，道路（streets）：无法读取（不是 JSON：缺少双引号中的属性名，第 1 行）；"
            "请用生成它的软件重新保存"
        ),
    ),
    "page for GeoJSON": (
        (
            "s.geojson, streets: cannot be read (it seems to be a web page (HTML), not JSON); save "
            "it anew from the program that made it, or name the right file"
        ),
        (
            "s.geojson，道路（streets）：无法读取（它看起来是网页（HTML），不是 JSON）；"
            "请用生成它的软件重新保存，或写对文件名"
        ),
    ),
}
"""By the name of the mistake in `tests.scripts.mistakes`."""

TYPED: dict[str, tuple[str, str]] = {
    "measur plan.toml": (
        "there is no command 'measur'; did you mean measure?",
        "没有命令“measur”；是否指 measure？",
    ),
    "measure": (
        "PLAN is missing; the command is: lifecircle measure [OPTIONS] PLAN",
        "缺少 PLAN；命令的写法：lifecircle measure [OPTIONS] PLAN",
    ),
    "measure a.toml b.toml": (
        (
            "'b.toml' is one word too many; put a path with spaces in quotes; the command is: "
            "lifecircle measure [OPTIONS] PLAN"
        ),
        "多出了“b.toml”；含空格的路径请加引号；命令的写法：lifecircle measure [OPTIONS] PLAN",
    ),
    "measure a.toml --lang fr": (
        "--lang cannot be 'fr'; choose one of zh, en",
        "--lang 不能是“fr”；请从以下选择：zh, en",
    ),
    "measure a.toml --langg zh": (
        "there is no option --langg; did you mean --lang?",
        "没有选项 --langg；是否指 --lang？",
    ),
    "measure a.toml --out": (
        "the option --out needs a value; write --out and the value behind it",
        "选项 --out 需要一个值；请在 --out 后写上值",
    ),
    "measure a.toml --quiet=yes": (
        "the option --quiet takes no value; take it out",
        "选项 --quiet 不带值；请删去它",
    ),
    "measure .": (
        "PLAN is a folder: '.'; name the file in it",
        "PLAN 是文件夹：“.”；请写出其中的文件名",
    ),
    "site a.toml": (
        "the option --standard is missing; see 'lifecircle site --help'",
        "缺少选项 --standard；请看 lifecircle site --help",
    ),
    "site a.toml --standard park_500m --new 0": (
        "--new cannot be '0'; give a whole number, 1 or more",
        "--new 不能是“0”；请写不小于 1 的整数",
    ),
    "site a.toml --standard park_500m --new two": (
        "--new cannot be 'two'; give a whole number, 1 or more",
        "--new 不能是“two”；请写不小于 1 的整数",
    ),
    "site a.toml --standard park_500m --share 2": (
        "--share cannot be '2.0'; give a number above 0, up to 1",
        "--share 不能是“2.0”；请写大于 0、不超过 1 的数字",
    ),
    "links a.toml --standard park_500m --longest -3": (
        "--longest cannot be '-3.0'; give a number above 0",
        "--longest 不能是“-3.0”；请写大于 0 的数字",
    ),
    "measure nowhere.toml": (
        "nowhere.toml: there is no such plan; make one with 'lifecircle init'",
        "nowhere.toml：没有这个计划文件；请用 lifecircle init 生成一个",
    ),
    "compare a.toml": (
        "SCENARIOS... is missing; the command is: lifecircle compare [OPTIONS] PLAN SCENARIOS...",
        "缺少 SCENARIOS...；命令的写法：lifecircle compare [OPTIONS] PLAN SCENARIOS...",
    ),
}
"""Words typed after ``lifecircle``, and what they must be answered with."""
