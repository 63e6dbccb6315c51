"""Mentions: what is found in small examples, and how much in the real documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.authority import read_authority
from musnad.errors import MappingError
from musnad.iri import Minter
from musnad.model import Document, Mention, Zone
from musnad.understanding.lexicon import read_lexicon
from musnad.understanding.mentions import Found, MentionFinder, find_mentions

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
AUTHORITY = read_authority(ROOT / "rdf" / "authority", Minter())
LEXICON = read_lexicon(ROOT / "mappings" / "lexicon")
FINDER = MentionFinder(AUTHORITY, LEXICON, Minter())


def document(text: str, *zones: Zone, published: str = "") -> Document:
    return Document(
        file="example.txt",
        text=text,
        source="generic",
        title="",
        publisher="",
        zones=zones or (Zone("body", 0, len(text)),),
        published=published,
    )


def find(text: str, *zones: Zone, published: str = "") -> Found:
    return FINDER.find(document(text, *zones, published=published))


def named(text: str, *zones: Zone, published: str = "") -> list[tuple[str, str]]:
    return [(one.type, text[one.start : one.end]) for one in find(text, *zones, published=published).mentions]


# Examples of our own words; people and bodies that no one knows are invented.
SEVERAL = [("PLACE", "المثالية"), ("PLACE", "الوردية"), ("PLACE", "دير المثال")]
FRANCE_AND_GERMANY = [("PLACE", "فرنسا"), ("PLACE", "ألمانيا")]
EXAMPLES: list[tuple[str, list[tuple[str, str]]]] = [
    ("خبر\nلندن: «المثال الأوسط»\nنص.", [("PLACE", "لندن"), ("ORG", "المثال الأوسط")]),
    ("خبر\n«المثالية» من حلب\nنص.", [("ORG", "المثالية"), ("PLACE", "حلب")]),
    ("خبر\nعمان: الوطن، واس\nنص.", [("PLACE", "عمان"), ("ORG", "الوطن"), ("ORG", "واس")]),
    ("خبر\nمثال اليوم – حلب\nنص.", [("ORG", "مثال اليوم"), ("PLACE", "حلب")]),
    ("خبر\nفلان الفلاني (جدة)\nنص.", [("PERSON", "فلان الفلاني"), ("PLACE", "جدة")]),
    # No noun or verb that follows a name is part of it.
    ("أبدى الرئيس سامر رمضان أسفه لسقوط الجسر.", [("PERSON", "سامر رمضان")]),
    (
        "أعلن رئيس الحزب سامر رمضان ترشيح نادر سليمان.",
        [("PERSON", "سامر رمضان"), ("PERSON", "نادر سليمان")],
    ),
    # Names that are in no list, beside an office, a verb of speech or a title; later the family name alone.
    ("قال الوزير المثالي للشؤون الوردية فرنكول بزكاير، إنه باق.", [("PERSON", "فرنكول بزكاير")]),
    (
        "وقال المتحدث باسم الخارجية جوشوار مثلاند يوم أمس ذلك. وأضاف مثلاند غيره.",
        [("ORG", "الخارجية"), ("PERSON", "جوشوار مثلاند"), ("PERSON", "مثلاند")],
    ),
    ("وأكد بزكاير: «سنعود».", [("PERSON", "بزكاير")]),
    (
        "حضر جوهارت مثلاند، رئيس هيئة المثال، أمس.",
        [("PERSON", "جوهارت مثلاند"), ("ORG", "هيئة المثال")],
    ),
    ("زار الملك عبدالله الثاني المكان.", [("PERSON", "عبدالله الثاني")]),
    ("قال رئيس الهيئة سالم الراوي بوضوح ذلك.", [("PERSON", "سالم الراوي")]),
    ("أبدى سعادة كبيرة بتحديد المسؤولين.", []),
    ("قال الكاتب الذي يرافق الوفد ذلك.", [("ORG", "الوفد")]),
    # Bodies told by whom they obey; a body whose name is a family name and an adjective too.
    ("قصف مليشيات الحوثي مستمر.", [("ORG", "مليشيات الحوثي")]),
    ("قال القيادي الحوثي إن الأمر انتهى.", []),
    ("دمرت القرية في عهد الحوثي.", [("ORG", "الحوثي")]),
    ("أعلن عبدالملك الحوثي ذلك. وقال الحوثي غيره.", [("PERSON", "عبدالملك الحوثي"), ("PERSON", "الحوثي")]),
    ("سيطرت المقاومة على التل.", [("ORG", "المقاومة")]),
    ("تحدث عن حق المقاومة وثقافة المقاومة.", []),
    (
        "انسحبت القوات الموالية للرئيس المخلوع سالم الراوي.",
        [("ORG", "القوات الموالية للرئيس المخلوع سالم الراوي"), ("PERSON", "سالم الراوي")],
    ),
    (
        "الهجوم من قوات موالية للرئيس السابق سالم الراوي.",
        [
            ("EVENT", "الهجوم"),
            ("ORG", "قوات موالية للرئيس السابق سالم الراوي"),
            ("PERSON", "سالم الراوي"),
        ],
    ),
    (
        "انتقد إدارة باراك أوباما بشدة.",
        [("ORG", "إدارة باراك أوباما"), ("PERSON", "باراك أوباما")],
    ),
    # Raids and battles that no day, no place and no nation tells apart.
    ("بدأت الضربات الجوية وتواصلت المعارك العنيفة وغارات جوية على مواقع.", []),
    ("اندلعت الاشتباكات بين مسلحين، واستغل حربا أهلية.", []),
    ("هدفت الضربات التركية إلى الردع.", [("EVENT", "الضربات التركية")]),
    # Foreign names that begin like the article; names before «who …»; sons in the west; papers in a dateline.
    ("وقال الكستار بزكاير المتحدث باسم الهيئة ذلك.", [("PERSON", "الكستار بزكاير")]),
    ("وقالت الزا مثلانيس في تصريح ذلك.", [("PERSON", "الزا مثلانيس")]),
    ("موقف الرئيس سالم عادل الراوي المؤيد للحرب قديم.", [("PERSON", "سالم عادل الراوي")]),
    ("زار المبعوث سالم ولد الشيخ عادل دمشق.", [("PERSON", "سالم ولد الشيخ عادل"), ("PLACE", "دمشق")]),
    ("وقال إن سالم ولد في دمشق.", [("PLACE", "دمشق")]),
    ("وقال سامر الحلاق ابن شقيقة السائق إنه وصل.", [("PERSON", "سامر الحلاق")]),
    ("وقال سامر الحلاق ابن سعيد إنه وصل.", [("PERSON", "سامر الحلاق ابن سعيد")]),
    ("شكا سالم الراوي، رئيس اللجنة، من التأخير.", [("PERSON", "سالم الراوي")]),
    ("شكرا على كرم الضيافة وحسن الاستقبال.", []),
    ("خبر\nسالم الراوي &ndash; عكاظ:\nنص.", [("PERSON", "سالم الراوي"), ("ORG", "عكاظ")]),
    ("خبر\nسالم الراوي- الوطن-حلب:\nنص.", [("PERSON", "سالم الراوي"), ("ORG", "الوطن"), ("PLACE", "حلب")]),
    ("خبر\n&nbsp;سالم الراوي (جدة)\nنص.", [("PERSON", "سالم الراوي"), ("PLACE", "جدة")]),
    ("خبر\nجدة - سالم الراوي:\nنص.", [("PLACE", "جدة"), ("PERSON", "سالم الراوي")]),
    # Wars that their land names; a regime that its seat names.
    (
        "بعد غزو الكويت تلتها حرب تحرير الكويت.",
        [
            ("EVENT", "غزو الكويت"),
            ("PLACE", "الكويت"),
            ("EVENT", "حرب تحرير الكويت"),
            ("PLACE", "الكويت"),
        ],
    ),
    ("قال إن نظام طهران يقمع.", [("ORG", "نظام طهران"), ("PLACE", "طهران")]),
    ("وفق نظام روما الأساسي.", [("PLACE", "روما")]),
    # Events as far as what tells which one goes, and no farther.
    (
        "ناقشا زيارة فلان الفلاني إلى دمشق أمس.",
        [("EVENT", "زيارة فلان الفلاني إلى دمشق"), ("PERSON", "فلان الفلاني"), ("PLACE", "دمشق")],
    ),
    (
        "لكن المحادثات المغلقة في الدوحة لم تنجح.",
        [("EVENT", "المحادثات المغلقة في الدوحة"), ("PLACE", "الدوحة")],
    ),
    ("عقدا محادثات مطولة في الدوحة.", [("EVENT", "محادثات مطولة"), ("PLACE", "الدوحة")]),
    ("بعد لقائه مع نظيره الروسي أمس.", [("EVENT", "لقائه مع نظيره الروسي")]),
    ("أجرى مباحثات ثنائية وموسعة أمس.", [("EVENT", "مباحثات ثنائية وموسعة")]),
    ("بعد هجوم انتحاري دام هناك.", [("EVENT", "هجوم انتحاري دام")]),
    ("نفذ ذلك بدورها غارات كثيرة.", []),
    ("نفذ ذلك بدورها الغارات التركية.", [("EVENT", "الغارات التركية")]),
    ("الأزمة السورية طويلة، والحرب الأهلية كذلك.", []),
    ("طالت الأزمة السورية التي بدأت عام 2011.", [("EVENT", "الأزمة السورية")]),
    # The adjective of a nation in the accusative is no country; after «and», neither.
    # Bodies with a name of their own, campaigns of a nation, divisions with what tells them apart; no fronts.
    ("رد الأزهر الشريف على جماعة بوكو حرام.", [("ORG", "الأزهر الشريف"), ("ORG", "جماعة بوكو حرام")]),
    ("انضم إلى القاعدة أمس.", [("ORG", "القاعدة")]),
    ("قصفوا القاعدة البحرية أمس.", []),
    (
        "الحملة الوطنية المصرية لنصرة الأيتام في ليبيا باقية. وقالت الحملة ذلك.",
        [("ORG", "الحملة الوطنية المصرية لنصرة الأيتام في ليبيا"), ("PLACE", "ليبيا"), ("ORG", "الحملة")],
    ),
    ("حملة قصف جديدة على الوردية.", []),
    ("قالت الفرقة التاسعة الوردية ذلك.", [("ORG", "الفرقة التاسعة الوردية")]),
    ("هدأت جبهة حلب أمس.", [("PLACE", "حلب")]),
    ("أوقفوا تنظيم المسيرة أمس.", []),
    ("غيروا السياسة الخارجية المصرية كلها.", []),
    ("نقلته الصحف المصرية أمس.", [("ORG", "الصحف المصرية")]),
    ("قصف لواء الشهيد سالم أمس البلدة.", [("ORG", "لواء الشهيد سالم")]),
    # Single happenings, told by what is held, what blew up, a known operation or a day.
    ("حضرا حفل زفاف جماعي أمس.", [("EVENT", "حفل زفاف جماعي")]),
    ("دعوا إلى إضراب عام أمس.", [("EVENT", "إضراب عام")]),
    ("أدوا صلاة الجنازة أمس.", [("EVENT", "صلاة الجنازة")]),
    ("أصيب طفلان في انفجار سيارة مفخخة أمس.", [("EVENT", "انفجار سيارة مفخخة")]),
    ("شاركوا في عملية إعادة الأمل أمس.", [("EVENT", "عملية إعادة الأمل")]),
    ("بعد هجمات 12 نيسان 2009 كلها.", [("EVENT", "هجمات 12 نيسان 2009")]),
    ("قال إن الحادث المأساوي باق.", [("EVENT", "الحادث المأساوي")]),
    ("وذكرت الخارجية أن ذلك باق.", [("ORG", "الخارجية")]),
    ("شارك عبر: فيسبوك تويتر واتساب.", []),
    ("صلى في مسجد الشيخ سالم أمس.", [("PLACE", "مسجد الشيخ سالم")]),
    ("سقط على حي شعبي هناك.", []),
    ("حضر الأكراد ذلك.", []),
    ("استفاد 158 لاجئا سوريا من ذلك.", []),
    ("كشفت مصادر عراقية وسورية ذلك.", []),
    ("بدأنا نسمع ذلك.", []),
    # A family name that is a common word too; one that no list knows after two given names; after «سئل».
    ("قال الدكتور سالم عبد الواحد السمحان أن ذلك باق.", [("PERSON", "سالم عبد الواحد السمحان")]),
    ("وهو شقيق غسان منير مثلناوي الذي غاب.", [("PERSON", "غسان منير مثلناوي")]),
    ("قال هورمثلو: «نعم». وسئل هورمثلو بعدها.", [("PERSON", "هورمثلو"), ("PERSON", "هورمثلو")]),
    ("خبر\nالرياض - مبارك المثلاش\nنص.", [("PLACE", "الرياض"), ("PERSON", "مبارك المثلاش")]),
    ("خبر\nوردي المثلاش - واشنطن\nنص.", [("PERSON", "وردي المثلاش"), ("PLACE", "واشنطن")]),
    # Bodies that adjectives tell, delegations of a body, short names in brackets.
    ("خطفت فرقة سورية مقاتلة أمس.", [("ORG", "فرقة سورية مقاتلة")]),
    ("لن يدخل أي تحالف انتخابي.", []),
    ("اجتمع ممثلو الفصائل الثورية والعسكرية هناك.", [("ORG", "الفصائل الثورية والعسكرية")]),
    ("قالت قناة (ورد.تي.في) السورية ذلك.", [("ORG", "قناة (ورد.تي.في) السورية")]),
    ("طلبت الحكومة الشرعية للدفاع عن الناس.", [("ORG", "الحكومة الشرعية")]),
    # Texts.
    ("إن الاتفاق النووي مع إيران باق.", [("WORK", "الاتفاق النووي مع إيران"), ("PLACE", "إيران")]),
    ("صدر قرار أممي هناك.", [("WORK", "قرار أممي")]),
    ("أعد خطة متكاملة أمس.", []),
    ("صيد الأسد الشهير في الحديقة.", []),
    ("في سوريا قال الأسد ذلك.", [("PLACE", "سوريا"), ("PERSON", "الأسد")]),
    ("زار الأردن ثم عاد إلى المملكة.", [("PLACE", "الأردن"), ("PLACE", "المملكة")]),
    (
        "زار الأردن والسعودية ثم عاد إلى المملكة.",
        [("PLACE", "الأردن"), ("PLACE", "السعودية"), ("PLACE", "المملكة")],
    ),
    ("العلاقات الأخوية الوثيقة بينهما.", []),
    ("قرب الحدود العراقية أمس.", []),
    ("وصل إلى شمال العراق أمس.", [("PLACE", "العراق")]),
    ("في الشرق الأوسط وشمال إفريقيا.", [("PLACE", "الشرق الأوسط"), ("PLACE", "شمال إفريقيا")]),
    ("نظمه مركز مداد للدراسات والبحوث أمس.", [("ORG", "مركز مداد للدراسات والبحوث")]),
    ("شارك منتدى رجال المثال أمس.", [("ORG", "منتدى رجال المثال")]),
    (
        "التزام بمقررات مؤتمر جنيف الثاني.",
        [("WORK", "مقررات مؤتمر جنيف الثاني"), ("EVENT", "مؤتمر جنيف الثاني"), ("PLACE", "جنيف")],
    ),
    ("وفق خارطة الطريق الجديدة.", [("WORK", "خارطة الطريق")]),
    ("لدينا مشكلة مع قضاء مستقل.", []),
    ("وجهات النظر المصرية والسعودية متقاربة.", []),
    ("خلال زيارته الأخيرة لموسكو.", [("EVENT", "زيارته الأخيرة لموسكو"), ("PLACE", "موسكو")]),
    ("شارك في انتفاضة 2011 كلها.", [("EVENT", "انتفاضة 2011")]),
    ("اجتمعوا بدمشق ولبنان.", [("PLACE", "دمشق"), ("PLACE", "لبنان")]),
    ("وفق القرار ٢٢٥٤ حصراً.", [("WORK", "القرار ٢٢٥٤")]),
    ("استناداً للقرار الأممي رقم 2254.", [("WORK", "للقرار الأممي رقم 2254")]),
    ("القرار 9999 مثال.", [("WORK", "القرار 9999")]),
    ("نشرته صحيفة «المثال» اللبنانية.", [("ORG", "صحيفة «المثال» اللبنانية")]),
    ("بيان لحركة “المثال الجديد” نفت فيه.", [("WORK", "بيان"), ("ORG", "حركة “المثال الجديد”")]),
    ("حزب الوردة الوطني للعدالة والتنمية دعا.", [("ORG", "حزب الوردة الوطني للعدالة والتنمية")]),
    ("أعلنت وزارة التموين الأردنية ذلك.", [("ORG", "وزارة التموين الأردنية")]),
    ("وصل العميد الركن فلان الفلاني أمس.", [("PERSON", "فلان الفلاني")]),
    ("سأل د. فلان بن فلان الفلاني عنه.", [("PERSON", "فلان بن فلان الفلاني")]),
    ("حضر فلانة الفلانية وانصرفت.", [("PERSON", "فلانة الفلانية")]),
    ("الجولة الثالثة من محادثات أنقرة.", [("EVENT", "الجولة الثالثة من محادثات أنقرة"), ("PLACE", "أنقرة")]),
    ("في مؤتمر بغداد اليوم.", [("EVENT", "مؤتمر بغداد"), ("PLACE", "بغداد")]),
    ("عقد مؤتمر صحفي هناك.", [("EVENT", "مؤتمر صحفي")]),
    ("بريف حلب الجنوبي قصف.", [("PLACE", "ريف حلب الجنوبي")]),
    ("وصلوا إلى بلدة المثالية مساء.", [("PLACE", "بلدة المثالية")]),
    ("في العاصمة الفرنسية باريس لقاء.", [("PLACE", "العاصمة الفرنسية باريس")]),
    ("صدر بيان مشترك بعدها.", [("WORK", "بيان مشترك")]),
    ("بلدات المثالية والوردية ودير المثال.", SEVERAL),
    ("بقيادة سورية مستقلة.", []),
    ("شرح النظام الداخلي للشركة.", []),
    ("على المناصب خلاف.", []),
    ("حركة «الوردة» تنفي لقاء أحد.", [("ORG", "حركة «الوردة»")]),
    ("خرجت المظاهرات السلمية في الظروف القاهرة.", [("EVENT", "المظاهرات السلمية")]),
    ("وصلوا إلى القاهرة.", [("PLACE", "القاهرة")]),
    ("حضرت فاطمة ذلك.", []),
    ("أعلن مجلس الأمن القومي التركي ذلك.", [("ORG", "مجلس الأمن القومي التركي")]),
    ("نشرته وزارة الصحة الفنلندية.", [("ORG", "وزارة الصحة الفنلندية")]),
    ("قال فلان الفلاني الملقب بالنسر.", [("PERSON", "فلان الفلاني")]),
    ("عين سامر المثالي محافظاً هناك.", [("PERSON", "سامر المثالي")]),
    (
        "قال مدير صندوق الوردة كورنيل مثالوف إن الأمر انتهى.",
        [("ORG", "صندوق الوردة"), ("PERSON", "كورنيل مثالوف")],
    ),
    ("وقالت الطبيبة كاترين مثالوفا كلاماً.", [("PERSON", "كاترين مثالوفا")]),
    ("التقى أبو عمر المثالي.", [("PERSON", "أبو عمر المثالي")]),
    ("أبلغت فلان الفلاني بقرارها.", [("PERSON", "فلان الفلاني")]),
    ("نقلت وكالة مثال عنه.", [("ORG", "وكالة مثال")]),
    ("مجلس شباب الوردة باق.", [("ORG", "مجلس شباب الوردة")]),
    ("جمعية وردة بلا حدود باقية.", [("ORG", "جمعية وردة بلا حدود")]),
    ("المجلس الوطني لحقوق الورد باق.", [("ORG", "المجلس الوطني لحقوق الورد")]),
    ("مؤسسة الوردة الراعية للحفل.", [("ORG", "مؤسسة الوردة"), ("EVENT", "للحفل")]),
    ("مقاتلو الفرقة 999 هناك.", [("ORG", "الفرقة 999")]),
    ("اعتقله الأمن العسكري.", [("ORG", "الأمن العسكري")]),
    ("في «هيئة الورد الداخلية» خلاف.", [("ORG", "هيئة الورد الداخلية")]),
    ("«الحركة تسير كالمعتاد».", []),
    ("في سوق الورد القديم حريق.", [("PLACE", "سوق الورد القديم")]),
    ("في مدينة تل الوردة حريق.", [("PLACE", "مدينة تل الوردة")]),
    ("في سوق العمل وطريق الحل.", []),
    ("مؤتمر الورد والعدالة انتهى.", [("EVENT", "مؤتمر الورد والعدالة")]),
    ("شاركوا في انتخابات 1994 المحلية.", [("EVENT", "انتخابات 1994 المحلية")]),
    ("وقعوا ميثاق الورد.", [("WORK", "ميثاق الورد")]),
    (
        "ممثلو الأممالمتحدة والولايات المتحدةالأمريكية.",
        [("ORG", "الأممالمتحدة"), ("PLACE", "الولايات المتحدةالأمريكية")],
    ),
    ("التقى مع جان مثالوف رئيس اللجنة هناك.", [("PERSON", "جان مثالوف")]),
    ("وقعه أ.سامر المثالي وحده.", [("PERSON", "سامر المثالي")]),
    ("نظام الرئيس بشار الأسد.", [("ORG", "نظام الرئيس بشار الأسد"), ("PERSON", "بشار الأسد")]),
    ("ندد بها أمين عام الحزب.", []),
    ("وزراء خارجية فرنسا وألمانيا.", [("PERSON", "وزراء خارجية فرنسا وألمانيا"), *FRANCE_AND_GERMANY]),
    ("الأحزاب المعارضة في المهجر.", []),
    ("أوفد وفدا روسيا إليهم.", []),
    ("في العاصمة المصرية القاهرة.", [("PLACE", "العاصمة المصرية القاهرة")]),
    ("سيعقد اجتماعا غدا.", [("EVENT", "اجتماعا")]),
    ("الانتخابات الرئاسية قريبة.", [("EVENT", "الانتخابات الرئاسية")]),
    ("الحرب الأهلية انتهت.", []),
    ("في المنتدى العربي للحوار الوطني.", [("EVENT", "المنتدى العربي للحوار الوطني")]),
    ("وقعوا اتفاق وقف القتال هناك.", [("WORK", "اتفاق وقف القتال")]),
    ("للوصول إلى اتفاق لوقف القتال.", []),
    ("وصل إلى المكان للقاء أحد.", []),
    ("هو حزب كبير للعمال.", []),
    ("وصل وزير الدفاع الفنلندي.", []),
    ("بعثها في رسالة وجهها أمس.", [("WORK", "رسالة")]),
    ("مبعوثه إلى الشرق الأوسط.", [("PLACE", "الشرق الأوسط")]),
    ("نشرت «الشرق الأوسط» ذلك.", []),
    ("راسلوا info@m-syria-d.com غداً.", []),
    ("المصدر: المثال\nشكراً", [("ORG", "المثال")]),
    ("مدن وبلدات كثيرة.", []),
    ("يدا بيد علي الطريق.", []),
    # Wars, attacks and votes with whom they are against, of what kind, where.
    ("قال إن الحرب على الإرهاب طويلة.", []),
    ("تحدث عن الغارات على «داعش» أمس.", [("EVENT", "الغارات على «داعش»"), ("ORG", "داعش")]),
    ("ما زالتا تخوضان حربا إقليمية خفية.", [("EVENT", "حربا إقليمية خفية")]),
    ("فاز في الانتخابات البرلمانية المبكرة.", [("EVENT", "الانتخابات البرلمانية المبكرة")]),
    ("منذ بدء الأحداث في درعا.", [("EVENT", "الأحداث في درعا"), ("PLACE", "درعا")]),
    ("في معركتنا ضد (داعش) غدا.", [("EVENT", "معركتنا ضد (داعش)"), ("ORG", "داعش")]),
    ("ضربة جوية مميتة قرب البلدة.", [("EVENT", "ضربة جوية مميتة")]),
    ("نفذت 17 ضربة جوية أمس.", []),
    ("وقع تفجير انتحاري بعد تفجير كبير.", [("EVENT", "تفجير انتحاري")]),
    ("قاتل في المعركة ضد الإرهابيين.", [("EVENT", "المعركة ضد الإرهابيين")]),
    # Parts of countries and zones; towns whose names are common words.
    ("دخل الجنود الأراضي السورية ليلا.", []),
    ("تريد منطقة آمنة كثيرة، ووصل إلى المنطقة الآمنة.", [("PLACE", "المنطقة الآمنة")]),
    ("رفض خطة عسكرية ومبادرة سياسية وخطة النقاط الست.", [("WORK", "خطة النقاط الست")]),
    ("سيطرت فصائل أهمها لواء التوحيد على التلة.", [("ORG", "لواء التوحيد")]),
    ("المجلس الأعلى للقوات المسلحة قال.", [("ORG", "المجلس الأعلى للقوات المسلحة")]),
    ("تضم القوى السياسية السورية المتفقة على الحوار.", [("ORG", "القوى السياسية السورية")]),
    ("وزارة المياه للتغلب على العطش.", [("ORG", "وزارة المياه")]),
    ("قضت محكمة في فيينا بذلك.", [("ORG", "محكمة في فيينا"), ("PLACE", "فيينا")]),
    ("طالب بإنشاء محكمة دولية خاصة.", []),
    ("قصف الطيران الحربي البلدة.", [("ORG", "الطيران الحربي")]),
    ("بايع أبو عبيدة المصري التنظيم.", [("PERSON", "أبو عبيدة المصري")]),
    ("ذكرت وسائل الإعلام السورية الرسمية ذلك.", [("ORG", "وسائل الإعلام السورية الرسمية")]),
    ("نقلته وسائل الإعلام ووسائل إعلام روسية.", [("ORG", "وسائل إعلام روسية")]),
    ("أكد وقوفه مع الشعبين السوري والفلسطيني.", [("ORG", "الشعبين السوري والفلسطيني")]),
    ("قال معهد بروكينغز إن العالم العربي واسع.", [("ORG", "معهد بروكينغز"), ("PLACE", "العالم العربي")]),
    ("قال مكتب رئيس الوزراء إن ذلك صحيح.", [("ORG", "مكتب رئيس الوزراء")]),
    ("تنظر الدول إلى موقع سوريا المهم.", [("PLACE", "سوريا")]),
    ("قال عدنان المثالي، ثم توجه عدنان نحوهم.", [("PERSON", "عدنان المثالي"), ("PERSON", "عدنان")]),
    (
        "قال عدنان المثالي، ثم جاء عدنان الورداني.",
        [("PERSON", "عدنان المثالي"), ("PERSON", "عدنان الورداني")],
    ),
    ("من جهته قال سعيد المثالي ذلك.", [("PERSON", "سعيد المثالي")]),
    ("بعد حملة مداهمات واسعة انتهت الحملة.", [("EVENT", "حملة مداهمات واسعة"), ("EVENT", "الحملة")]),
    ("في عملية دهم واسعة لا عملية عسكرية.", [("EVENT", "عملية دهم واسعة")]),
    ("بعد الانتخابات الرئاسية الأميركية.", [("EVENT", "الانتخابات الرئاسية الأميركية")]),
    ("ردا على هجوم سوروتش.", [("EVENT", "هجوم سوروتش"), ("PLACE", "سوروتش")]),
    ("أعلن انشقاق عدنان الراوي.", [("EVENT", "انشقاق عدنان الراوي"), ("PERSON", "عدنان الراوي")]),
    ("يحاولون الاتصال بهم.", []),
    ("الأولوية للحرب على الإرهاب لا للحرب على العراق.", [("EVENT", "للحرب على العراق"), ("PLACE", "العراق")]),
    ("وقع ذلك في جنوب شرق البلاد.", [("PLACE", "جنوب شرق البلاد")]),
    ("التقيا في جدة أمس ثم في مسقط.", [("PLACE", "جدة"), ("PLACE", "مسقط")]),
    ("عاد إلى مسقط رأسه.", []),
    ("سافر إلى ولاية أوماندا بعد ولاية القادة.", [("PLACE", "ولاية أوماندا")]),
    # Bodies told by whom they are for, by their nation, their cause or their number.
    ("قصفتها القوات الموالية للحكومة السورية.", [("ORG", "القوات الموالية للحكومة السورية")]),
    ("تقدمت القوات الموالية للشرعية نحو القرية.", [("ORG", "القوات الموالية للشرعية")]),
    ("أوقفت الخطوط الجوية اليمنية رحلاتها.", [("ORG", "الخطوط الجوية اليمنية")]),
    ("قصفت المليشيات الحوثية القرية.", [("ORG", "المليشيات الحوثية")]),
    ("توقفت حركة الملاحة ورحلات شركات الطيران أمس.", []),
    # Provinces and towns that are named without their kind, or with it; camps, and two places of a kind.
    ("تقدموا من شبوة باتجاه لحج أمس.", [("PLACE", "شبوة"), ("PLACE", "لحج")]),
    ("عادوا إلى محافظة إب وباب المندب.", [("PLACE", "محافظة إب"), ("PLACE", "باب المندب")]),
    ("عاد عن إب أو ابتعد.", []),
    ("وصلوا إلى معسكر جوشوار لا إلى معسكر التدريب.", [("PLACE", "معسكر جوشوار")]),
    ("تقدموا في منطقتي المثالية والوردية.", [("PLACE", "المثالية"), ("PLACE", "الوردية")]),
    ("هاجم مقاتلو المعارضة السورية.", [("ORG", "مقاتلو المعارضة السورية")]),
    ("استهدف المسلحين الأكراد وحدهم.", [("ORG", "المسلحين الأكراد")]),
    ("سيطر الأكراد بعد أكراد سوريا.", [("ORG", "أكراد سوريا"), ("PLACE", "سوريا")]),
    ("حضر الشباب الأكراد وحدهم.", []),
    ("وقعت إيران ومجموعة «5+1» أوراقا.", [("PLACE", "إيران"), ("ORG", "مجموعة «5+1»")]),
    ("هي المرجعية التي تجمع أبناء المثال.", []),
    ("قال وزير الخارجية المصري اليوم إنه باق.", []),
    ("نقلت صحيفة «حرييت» التركية ذلك.", [("ORG", "صحيفة «حرييت» التركية")]),
    ("اجتمعت رابطة دول شرق أوروبا.", [("ORG", "رابطة دول شرق أوروبا"), ("PLACE", "أوروبا")]),
    ("تدريب وتجهيز المعارضة المعتدلة.", [("ORG", "المعارضة المعتدلة")]),
    ("ذكرت وكالة أنباء دوجالان ذلك.", [("ORG", "وكالة أنباء دوجالان")]),
    ("ذكرت وكالة أنباء «الأناضول» ذلك.", [("ORG", "وكالة أنباء «الأناضول»")]),
    ("تشكيل هيئة حكم انتقالية أولا.", [("ORG", "هيئة حكم انتقالية")]),
    ("هذا اتفاق أميركي تركي مهم.", [("WORK", "اتفاق أميركي تركي مهم")]),
    ("قال الداعية فتح الله مثالوف إنه باق.", [("PERSON", "فتح الله مثالوف")]),
    ("وبحسب كامل الخضري فإن نزار العوضي باق.", [("PERSON", "كامل الخضري"), ("PERSON", "نزار العوضي")]),
    ("قال هرمان فان رومبوي إنه باق.", [("PERSON", "هرمان فان رومبوي")]),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_names_are_found_with_their_exact_span(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_no_name_is_told_twice_at_one_place() -> None:
    found = find("الائتلاف الوطني لقوى الثورة والمعارضة السورية اجتمع، ثم غادر وفد الائتلاف أمس.").mentions
    spans = [(mention.start, mention.end, mention.type) for mention in found]
    assert len(spans) == len(set(spans))


def test_no_example_was_lost() -> None:
    assert len(EXAMPLES) == 250


def test_a_list_of_people_gives_each_of_them() -> None:
    text = "والأعضاء هم: (العميد فلان الفلاني - الدكتور زيد المثالي - وردة حجازية من «هيئة المثال»)"
    people = [words for kind, words in named(text) if kind == "PERSON"]
    assert people == ["فلان الفلاني", "زيد المثالي", "وردة حجازية"]


def test_a_list_of_parties_gives_each_of_them_and_their_leader() -> None:
    text = "أحزاب مثل حزب الوردة، حزب الزنبق الوطني، ، حزب النهر بقيادة فلان الفلاني، تيار الجبل الديمقراطي"
    assert named(text) == [
        ("ORG", "حزب الوردة"),
        ("ORG", "حزب الزنبق الوطني"),
        ("ORG", "حزب النهر"),
        ("PERSON", "فلان الفلاني"),
        ("ORG", "تيار الجبل الديمقراطي"),
    ]


def test_a_family_name_means_the_person_named_before() -> None:
    first, second = find("قال فلان الفلاني كلاماً. وأضاف الفلاني كلاماً.").mentions
    assert (second.how, second.entity) == ("coreference", first.entity)


def test_a_head_word_means_the_last_body_named_so() -> None:
    text = "حركة «المثال» نفت. وقالت الحركة إنها لم تحضر."
    first, second = find(text).mentions
    assert text[second.start : second.end] == "الحركة"
    assert second.entity == first.entity


def test_a_head_word_alone_means_nothing() -> None:
    assert named("نفت الحركة ذلك، وقالت الصحيفة غيره.") == []


def test_a_short_name_needs_the_long_one_somewhere() -> None:
    (alone,) = find("قال الائتلاف إنه باق.").mentions
    assert alone.slug == ""  # a body of the page, whichever it is
    text = "الائتلاف الوطني السوري باق. قال الائتلاف ذلك."
    one, other = find(text).mentions
    assert (one.slug, other.slug, other.how) == ("coalition", "coalition", "short-form")


def test_the_adjective_of_another_nation_makes_another_body() -> None:
    text = "الجيش الوطني السوري باق. الجيش الوطني الليبي باق."
    one, other = (mention for mention in find(text).mentions if mention.type == "ORG")
    assert text[other.start : other.end] == "الجيش الوطني الليبي"
    assert one.slug != other.slug == ""


def test_a_short_name_that_rules_is_another_body() -> None:
    text = "الائتلاف الوطني السوري باق. الائتلاف الحاكم في بلد آخر."
    assert [mention.slug for mention in find(text).mentions if mention.type == "ORG"] == ["coalition"]


def test_a_settlement_is_known_again_without_its_kind() -> None:
    text = "وردستان - خاص\nوصلوا إلى مدينة وردستان."
    one, other = find(text).mentions
    assert (text[one.start : one.end], one.how) == ("وردستان", "echo")
    assert one.entity == other.entity


def test_a_name_is_known_again_behind_a_clitic() -> None:
    text = "وصلوا إلى محافظة وردستانة. وأقيم المخيم بوردستانة."
    first, again = (one for one in find(text).mentions if one.type == "PLACE")
    assert (text[again.start : again.end], again.how) == ("وردستانة", "echo")
    assert first.entity == again.entity


def test_and_before_a_hamza_belongs_to_no_name() -> None:
    names = named("قال الوزير آصف نديم إن السوق مغلق. وتحدث وزير الري وآصف نديم في المساء.")
    assert [name for kind, name in names if kind == "PERSON"] == ["آصف نديم", "آصف نديم"]


def test_a_ministry_is_known_again_in_quotation_marks() -> None:
    text = "«شؤون الوردة» تعلن الدوام\nقالت وزارة شؤون الوردة ذلك. وفي البلد شؤون الوردة كثيرة."
    assert [text[one.start : one.end] for one in find(text).mentions if one.type == "ORG"] == [
        "شؤون الوردة",
        "وزارة شؤون الوردة",
    ]


def test_an_abbreviation_in_brackets_means_the_body_before_it() -> None:
    text = "أعلنت حركة شباب الوردة (حشوم) ذلك. وقالت حشوم غيره."
    assert len({mention.entity for mention in find(text).mentions}) == 1
    assert len(find(text).mentions) == 3


def test_the_outlet_in_the_banner_is_known_in_quotation_marks_too() -> None:
    text = "بستان الورد | أخبار | رأي\nقالت فلانة الفلانية لـ«بستان الورد» كلاماً."
    outlets = [mention.entity for mention in find(text).mentions if mention.type == "ORG"]
    assert len(outlets) == 2
    assert len(set(outlets)) == 1


def test_any_head_word_takes_up_its_body_or_place() -> None:
    text = "«منبر الورد» باق. معبر الوردة مغلق. قال المنبر إن المعبر مغلق."
    mentions = {text[one.start : one.end]: one.entity for one in find(text).mentions}
    assert mentions["المعبر"] == mentions["معبر الوردة"]
    assert mentions["المنبر"] == mentions["منبر الورد"]


def test_a_longer_form_of_a_name_is_the_same_person() -> None:
    text = "من هو سامر المثالي؟\nسامر محمود المثالي طبيب. درس المثالي الطب."
    assert len({one.entity for one in find(text).mentions if one.type == "PERSON"}) == 1


def test_a_headline_may_give_the_family_name_first() -> None:
    text = "المثالي يبحث الأمر\nبحث سامر المثالي الأمر."
    one, other = find(text).mentions
    assert one.entity == other.entity


def test_one_wrong_letter_still_finds_the_body() -> None:
    (mention,) = find("عن هيئة التنشيق الوطنية لقوى التغيير الديمقراطي.").mentions
    assert (mention.slug, mention.how) == ("national-coordination-body", "spelling")
    assert mention.score < 1


@pytest.mark.parametrize(
    "text",
    [
        "وكان سامر المثالي رأى في القرار فائدة.",
        "رأى سامر المثالي أن القرار مفيد.",
        "وأكد سامر المثالي أمين الهيئة القروية أن القرار مفيد.",
    ],
)
def test_a_verb_or_an_office_is_no_part_of_a_name(text: str) -> None:
    assert [words for kind, words in named(text) if kind == "PERSON"] == ["سامر المثالي"]


def test_whom_a_body_calls_upon_is_no_part_of_its_name() -> None:
    assert ("ORG", "التجمع المسؤولين") not in named("ودعا التجمع المسؤولين في لبنان إلى فتح المدارس.")


def test_who_holds_an_office_is_no_misspelt_body() -> None:
    assert ("ORG", "وزيرة الخارجية الأميركية") not in named("قالت وزيرة الخارجية الأميركية نورا المثالي.")


def test_a_hyphen_may_join_the_words_of_a_name() -> None:
    assert ("PERSON", "بان كي-مون") in named("قال الأمين العام بان كي-مون أمس.")


@pytest.mark.parametrize("office", ["المتحدث باسم الأمم المتحدة", "مسؤول برامج الري في الأمم المتحدة"])
def test_between_commas_after_an_office_stands_who_holds_it(office: str) -> None:
    assert ("PERSON", "هيرميه لودسان") in named(f"وأعلن {office}، هيرميه لودسان، أن المدارس مغلقة.")
    assert not [
        kind for kind, _ in named(f"وأعلن {office}، أمس الأول، أن المدارس مغلقة.") if kind == "PERSON"
    ]


def test_whom_a_letter_asks_has_not_issued_it() -> None:
    labels = {one.label for one in find("ووزعت لجنة المثال رسالة تطالب الائتلاف بفتح المدرسة.").mentions}
    assert not [label for label in labels if label.startswith("رسالة ")]


def test_an_event_that_fell_later_is_not_read_into_an_older_text() -> None:
    text = "نظام الأسد وحده. طالبوا بإسقاط النظام فوراً."
    assert ("EVENT", "إسقاط النظام") in named(text, published="2025-01")
    assert ("EVENT", "إسقاط النظام") not in named(text, published="2016-12")
    assert ("EVENT", "إسقاط النظام") not in named(text)  # an aim as well


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أصدر الرئيس مرسوماً تشريعياً أمس.", [("WORK", "مرسوماً تشريعياً")]),
        ("صدر القانون رقم 22 لعام 2012 هناك.", [("WORK", "القانون رقم 22 لعام 2012")]),
        ("أقيمت ورشة عمل مفتوحة هناك.", [("EVENT", "ورشة عمل مفتوحة")]),
        ("انتهت جولة سابعة من مفاوضات السلام.", [("EVENT", "جولة سابعة من مفاوضات السلام")]),
        ("صدر كتاب: «أوراق الوردة البيضاء» أمس.", [("WORK", "أوراق الوردة البيضاء")]),
        ("ذكرت وكالة أنباء (المثالية) ذلك.", [("ORG", "وكالة أنباء (المثالية)")]),
        ("وقع الطرفان اتفاقاً يقضي بذلك.", [("WORK", "اتفاقاً")]),
        ("تم الاتفاق على ذلك.", []),
        ("استمر القصف المتبادل ليلاً.", [("EVENT", "القصف المتبادل")]),
        ("توقف القصف الجوي والبري السوري ليلاً.", [("EVENT", "القصف الجوي والبري السوري")]),
        ("توقف القصف العنيف ليلاً.", []),
        ("بدأت هذه العملية ليلاً.", [("EVENT", "العملية")]),
        ("بدأت العملية ليلاً.", []),
        ("نرفض مثل هذه العملية.", []),
        ("نأمل أن يثمر هذا الحراك.", []),
        ("انسحب المتمردون ليلاً.", [("ORG", "المتمردون")]),
        ("انسحب المقاتلون المتمردون ليلاً.", [("ORG", "المقاتلون المتمردون")]),
        ("وقفوا عند مستديرة الوردة ليلاً.", [("PLACE", "مستديرة الوردة")]),
        ("عبروا منفذ الوردة ليلاً.", [("PLACE", "منفذ الوردة")]),
        ("اعتقل منفذ الاغتيال ليلاً.", []),
    ],
)
def test_texts_and_gatherings_are_found_by_their_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_the_regime_is_the_one_of_the_country_that_the_text_is_about() -> None:
    regime = AUTHORITY.by_slug["assad-regime"].iri
    about_libya = find("في ليبيا قال ناشط من ليبيا في سوريا إن النظام سقط في ليبيا.")
    about_syria = find("في سوريا قال ناشط من ليبيا إن النظام سقط في سوريا.")
    assert regime not in {one.entity for one in about_libya.mentions}
    assert regime in {one.entity for one in about_syria.mentions}


def test_a_meeting_told_of_again_is_the_same() -> None:
    found = find("بدأ اجتماع عقد في مكان ما. وخرج الاجتماع بكلام.")
    assert len({mention.entity for mention in found.mentions}) == 1
    assert [entity.label_ar for entity in found.seen] == ["اجتماع"]


def test_two_events_of_one_kind_are_not_confused() -> None:
    text = "مؤتمر بغداد أولاً، ومؤتمر باريس ثانياً. وقال المؤتمر كلمته."
    one, other, again = (mention.entity for mention in find(text).mentions if mention.type == "EVENT")
    assert again not in {one, other}


def test_a_name_stands_among_names() -> None:
    text = "حضر سامر المثالي، كورنيل مثالوف، وفلان الفلاني، ثم انصرفوا."
    assert ("PERSON", "كورنيل مثالوف") in named(text)
    assert ("PERSON", "كورنيل مثالوف") not in named("حضر سامر المثالي، كورنيل مثالوف.")


def test_a_short_name_counts_beside_a_companion() -> None:
    told = {mention.label: mention.slug for mention in find("في سوريا يرفض النظام ذلك.").mentions}
    (other,) = find("في المثالية يرفض النظام ذلك.").mentions
    assert told["نظام الأسد"] == "assad-regime"
    assert other.slug == ""


def test_the_kingdom_is_not_the_one_that_and_joins_to_it() -> None:
    found = find("زار المملكة والأردن، ثم زار الأردن بعد السعودية.").mentions
    assert [one.label for one in found] == ["السعودية", "الأردن", "الأردن", "السعودية"]


def test_a_known_body_keeps_its_attributes() -> None:
    text = "حزب الإرادة الشعبية السوري هناك."
    assert [mention.slug for mention in find(text).mentions] == ["peoples-will-party"]
    assert named(text) == [("ORG", "حزب الإرادة الشعبية السوري")]


def test_an_unnamed_source_is_kept_apart_and_told_of_again() -> None:
    found = find("قال مصدر مسؤول في الأمم المتحدة ذلك. وأضاف المصدر المزيد، ونفى مصدر عسكري.")
    assert [mention.type for mention in found.mentions] == ["ORG"]
    one, again, other = found.anonymous
    assert one.entity == again.entity != other.entity
    classes = {entity.class_iri for entity in found.seen}
    assert classes == {Minter().term("AnonymousSource")}


def test_a_source_of_water_is_no_speaker() -> None:
    assert find("النهر مصدر للماء.").anonymous == ()


def test_a_handle_means_whoever_is_named_before_it() -> None:
    name, handle = find("كتب العميد فلان الفلاني (@filan) منشوراً").mentions
    assert (handle.type, handle.entity) == ("PERSON", name.entity)


def test_private_people_are_no_mentions_in_comments() -> None:
    text = "فلان الفلاني يكتب من دمشق"
    assert named(text, Zone("comments", 0, len(text))) == [("PLACE", "دمشق")]


def test_a_ticker_gives_only_what_the_authority_knows() -> None:
    text = "حزب الوردة الوطني في باريس"
    assert named(text, Zone("ticker", 0, len(text))) == [("PLACE", "باريس")]


def test_what_is_seen_has_the_same_iri_each_time() -> None:
    text = "أعلن حزب الوردة الوطني. ثم قال حزب الوردة الوطني المزيد."
    one, other = find(text).mentions
    assert one.entity == other.entity
    assert find(text) == find(text)
    assert one.entity != find(text + " وزاد.").mentions[0].entity


def test_a_function_does_for_one_document() -> None:
    found = find_mentions(document("في دمشق"), AUTHORITY, LEXICON, Minter())
    assert found.mentions[0].slug == "damascus"


WORDS = st.sampled_from(
    [
        "الائتلاف",
        "الوطني",
        "السوري",
        "حزب",
        "الوردة",
        "قال",
        "فلان",
        "الفلاني",
        "على",
        "في",
        "من",
        "،",
        ".",
        ":",
        "(",
        ")",
        "«",
        "»",
        '"',
        "\n",
        "دمشق",
        "ولبنان",
        "بسوريا",
        "للقرار",
        "2254",
        "اجتماع",
        "عقد",
        "الاجتماع",
        "مصدر",
        "مسؤول",
        "المصدر",
        "وهم",
        "مثل",
        "بلدات",
        "@a",
        "#وسم_ما",
        "النظام",
        "سقوط",
        "عبدالله",
        "مُثَال",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_mentions_never_cross_and_always_hold_words(words: list[str]) -> None:
    text = " ".join(words)
    if not text.strip():
        return
    mentions = find(text).mentions
    for mention in mentions:
        assert text[mention.start : mention.end].strip()
    for one in mentions:
        for other in mentions:
            crossing = one.start < other.start < one.end < other.end
            assert not crossing


def test_an_unknown_key_of_a_word_list_is_refused(tmp_path: Path) -> None:
    for path in (ROOT / "mappings" / "lexicon").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    spoilt = tmp_path / "places.yaml"
    spoilt.write_text(spoilt.read_text(encoding="utf-8") + "haeds: [بلدة]\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"places\.yaml:\d+: unknown key 'haeds' \(did you mean 'heads'"):
        read_lexicon(tmp_path)


# Pinned floors of the mentions in the real documents (F of overlap, F of equal spans).
FLOOR = {"overlap": 0.96, "exact": 0.94}
KINDS = {"embedded_tweet": "embedded_post", "ui": "interface"}


def golden() -> list[tuple[Document, list[dict[str, object]]]]:
    found = []
    for path in sorted((SHARED / "gold").glob("[0-9]*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        with (SHARED / "documents" / gold["file"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        zones = [Zone(KINDS.get(z["type"], z["type"]), z["start"], z["end"]) for z in gold["zones"]]
        found.append((document(text, *zones), gold["mentions"]))
    return found


def agree(how: str, mention: Mention, gold: dict[str, object]) -> bool:
    start, end = int(str(gold["start"])), int(str(gold["end"]))
    if mention.type != gold["type"]:
        return False
    if how == "exact":
        return (mention.start, mention.end) == (start, end)
    return min(mention.end, end) > max(mention.start, start)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("how", sorted(FLOOR))
def test_the_real_documents_keep_their_score(how: str) -> None:
    hits = wanted = given_rows = 0
    for text, gold in golden():
        free = list(FINDER.find(text).mentions)
        wanted, given_rows = wanted + len(gold), given_rows + len(free)
        for row in gold:
            match = next((mention for mention in free if agree(how, mention, row)), None)
            if match:
                free.remove(match)
                hits += 1
    assert 2 * hits / (wanted + given_rows) >= FLOOR[how]


@pytest.mark.parametrize(
    "word",
    [
        "قائلا",
        "مضيفا",
        "متهما",
        "إنما",
        "ربما",
        "علنا",
        "تجاه",
        "إلا",
        "طالما",
        "عائدا",
        "معتبرة",
        "هكذا",
        "حيثما",
    ],
)
def test_particles_and_participles_are_no_part_of_a_name(word: str) -> None:
    people = [
        m.label for m in find(f"انتقد سالم الراوي {word} المجلس في القرية.").mentions if m.type == "PERSON"
    ]
    assert people == ["سالم الراوي"]


def test_a_fall_is_the_known_one_only_where_the_years_of_an_undated_page_allow_it() -> None:
    told = find("يتحدث الكتاب عن سقوط نظام الأسد، وعن لقاء بشار الأسد بهم عام 2012.")
    assert "fall-of-assad" not in {one.slug for one in told.mentions}
    later = find("يتحدث الكتاب عن سقوط نظام الأسد، وعن لقاء بشار الأسد بهم عام 2025.")
    assert "fall-of-assad" in {one.slug for one in later.mentions}
