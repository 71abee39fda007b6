"""Results that cannot be written: full disks, closed folders, files open elsewhere."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "another run is writing into it": "另一次运行正在写入它",
        "wait until it has ended, or choose another folder with --out": (
            "请等它结束，或用 --out 另选文件夹"
        ),
        "was written anew while it was read": "在读取时被重新写入",
        "run the command again": "请重新运行命令",
        "cannot be written: {} is open in another program": "无法写入：{} 正在其他程序中打开",
        "cannot be written: a file grows beyond what the disk or a limit allows": (
            "无法写入：文件大小超出磁盘或限额"
        ),
        "may not be written to": "没有写入权限",
        "close it there and run again": "请在那里关闭它，再重新运行",
        "lies on a read-only disk": "位于只读磁盘",
        "ask for the right to, or choose another folder": "请申请权限，或另选文件夹",
        "lift the limit, or choose another folder": "请放宽限额，或另选文件夹",
        "has too long a name for this disk": "名称对该磁盘来说太长",
        "choose a shorter one": "请用较短的名称",
        "cannot be written to: a file stands where a folder must": (
            "无法写入：应为文件夹处是一个文件"
        ),
        "cannot be written to: the folder vanished meanwhile": "无法写入：文件夹在此期间消失了",
        "move the file, or choose another folder": "请移走该文件，或另选文件夹",
        "run again, or choose another folder": "请重新运行，或另选文件夹",
        "free space on the disk, or choose another folder": "请清理磁盘空间，或另选文件夹",
        "cannot be written: the disk is full": "无法写入：磁盘已满",
        "free space and run again; what was there before is as it was": (
            "请清理空间后重新运行；原有内容没有改变"
        ),
        "is a file, not a folder": "是文件，不是文件夹",
    }
)
