// document B, section 6, sharing, first way
//通过特殊的数据结构:数组(Array)
import { Process, Array } from "pythreads/multiprocessing";
import { print, range } from "pythreads/builtins";
//创建一个只包含数字类型的数组(python中叫列表)
//并且数组是不可变的,在C,或其他语言中,数组是不可变的,之后再python中数组(列表)是可以变得
//当然其他语言中也提供可变的数组
//在C语言中数组和字符串是一样的,如果定义一个列表,如果可以增加,那么我需要在你内存地址后面再开辟一块空间,那我给你预留多少呢?
//在python中的list可能用链表来做的,我记录了你前面和后面是谁。 列表不是连续的,数组是连续的
/*
上面不是列表是“数组"数组是不可变的,附加内容是为了更好的理解数组!
*/
const temp = Array("i", [11, 22, 33, 44]); //这里的i是C语言中的数据结构,通过他来定义你要共享的内容的类型!点进去看~
function Foo(i) {
  temp[i] = 100 + i;
  for (const item of temp) {
    print(i, "----->", item); // changed: was print i,'----->',item (Python 2)
  }
}
for (const i of range(2)) {
  const p = Process({ target: Foo, args: [i] });
  p.start();
}
