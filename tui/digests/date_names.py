"""The names of months and weekdays in the languages that digests are written in, and how each calendar counts.

Names are brought to one form by :func:`plain`, so that accents, vowel signs and case make no difference. A name that
means two months in two languages is not here (``listopada`` is Polish for November and Croatian for October).
"""

from __future__ import annotations

from functools import lru_cache

from tui.text import fold

ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""The months as this program writes them."""

# A blank inside a name is an underscore here. In the order: English, German, French, Spanish and Catalan, Italian,
# Portuguese, Dutch, Scandinavian, Finnish, Polish, Czech, Hungarian, Romanian, Turkish, Indonesian, Greek, Russian,
# Ukrainian, Arabic (Egypt and the Gulf, the Levant and Iraq, the Maghreb), Persian, Hebrew.
_MONTHS = (
    "january jan januar jänner janvier janv enero ene gener gennaio gennaro genn janeiro januari tammikuu tammikuuta"
    " stycznia styczen leden ledna januar januarie ianuarie ocak janvarie ιανουαριος ιανουαριου январь января янв"
    " січень січня يناير كانون_الثاني كانون_ثاني جانفي ژانویه ינואר",
    "february feb februar februari fevrier fevr fev febrero febrer febbraio febbr fevereiro helmikuu helmikuuta lutego"
    " luty unor unora februarie subat φεβρουαριος φεβρουαριου февраль февраля февр фев лютий лютого فبراير شباط فيفري"
    " فوریه פברואר",
    "march mar mrz marz märz maerz mars marzo març marco maart marts mrt maaliskuu maaliskuuta marca marzec brezen"
    " brezna marcius martie mart maret μαρτιος μαρτιου март марта мар березень березня مارس آذار مارت مارچ מרץ",
    "april apr avril avr abril abr aprile aprill huhtikuu huhtikuuta kwietnia kwiecien duben dubna aprilis aprilie"
    " nisan απριλιος απριλιου апрель апреля апр квітень квітня أبريل إبريل نيسان أفريل آوریل אפריל",
    "may mai mayo maig maggio magg maio mei maj toukokuu toukokuuta maja kveten kvetna majus mayis μαιος μαιου май мая"
    " травень травня مايو أيار ماي مه מאי",
    "june jun juni juin junio juny giugno giu junho kesakuu kesakuuta czerwca czerwiec cervna junius iunie haziran"
    " ιουνιος ιουνιου июнь июня июн червень червня يونيو يونيه حزيران جوان ژوئن יוני",
    "july jul juli juillet juil julio juliol luglio lugl lug julho heinakuu heinakuuta lipca lipiec cervenec cervence"
    " julius iulie temmuz ιουλιος ιουλιου июль июля июл липень липня يوليو يوليه تموز جويلية ژوئیه יולי",
    "august aug aout agosto agost ago augustus elokuu elokuuta sierpnia sierpien srpen srpna augusztus agustos agustus"
    " αυγουστος αυγουστου август августа авг серпень серпня أغسطس آب أوت اوت אוגוסט",
    "september sep sept septembre septiembre setiembre setembre settembre sett setembro syyskuu syyskuuta wrzesnia"
    " wrzesien zari szeptember septembrie eylul σεπτεμβριος σεπτεμβριου сентябрь сентября сент сен вересень вересня"
    " سبتمبر أيلول سپتامبر ספטמבר",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta pazdziernika pazdziernik rijen"
    " rijna octombrie ekim οκτωβριος οκτωβριου октябрь октября окт жовтень жовтня أكتوبر تشرين_الأول تشرين_اول اکتبر"
    " אוקטובר",
    "november nov novembre noviembre novembro marraskuu marraskuuta listopadu noiembrie kasim nopember"
    " νοεμβριος νοεμβριου ноябрь ноября нояб ноя листопад листопада نوفمبر تشرين_الثاني تشرين_ثاني نوامبر נובמבר",
    "december dec dezember dez decembre decembre diciembre dic desembre dicembre dezembro desember joulukuu joulukuuta"
    " grudnia grudzien prosinec prosince decembrie aralik δεκεμβριος δεκεμβριου декабрь декабря дек грудень грудня"
    " ديسمبر كانون_الأول كانون_اول دسامبر דצמבר",
)
_JALALI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_WEEKDAYS = (
    "mon tue tues wed weds thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag"
    " sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu"
    " ven sam dim lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom lunedi martedi"
    " mercoledi giovedi venerdi sabato domenica gio segunda terca quarta quinta sexta feira maandag dinsdag"
    " woensdag donderdag vrijdag zaterdag zondag понедельник вторник среда четверг пятница суббота воскресенье"
    " пн вт ср чт пт сб вс الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد الإثنين دوشنبه سه‌شنبه چهارشنبه"
    " پنجشنبه جمعه شنبه یکشنبه 月 火 水 木 金 土 日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月曜 火曜"
    " 水曜 木曜 金曜 土曜 日曜 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五"
    " 周六 周日 週一 週二 週三 週四 週五 週六 週日 祝"
)
_ABOUT = (
    "published posted updated last date on st nd rd th of the de del d le el la der den dem am vom um des du"
    " er veroffentlicht erschienen aktualisiert datum stand publie publiee mis a jour date fecha publicado"
    " publicada actualizado il pubblicato em data op gepubliceerd г года год р року от опубликовано дата تاريخ"
    " النشر نشر في بتاريخ التاريخ يوم م 年 月 日 公開 公開日 更新 更新日 更新日時 投稿 投稿日 掲載日 配信日"
    " 発行日 日期 发布 发布于 发布时间 发表于 发布日期 發布 發布日期 更新于 更新时间 時間 时间 号 號 ngay thang"
    " nam y ו"
)
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911, "民國": 1911}
"""What is added to a year of a Japanese era or of the Republic of China; the first year is written 元."""


_ONE_FORM = str.maketrans("یىک", "ييك", "\u200c\u200d\u0640")
_DAY_FIRST = (
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi"
    " dimanche lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi"
    " sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag publie publiee le mis vom"
    " erschienen veroffentlicht datum fecha publicado publicada pubblicato gepubliceerd op"
)


def plain(text: str) -> str:
    """Return *text* folded, and the letters that Arabic and Persian keyboards write in two ways in one of them."""
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(_ONE_FORM)


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Return every name of a month of the Gregorian calendar in its :func:`plain` form, with its number."""
    return {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in plain(names).split()}


@lru_cache(maxsize=1)
def jalali_months() -> dict[str, int]:
    """Return the months of Iran's solar calendar in their :func:`plain` form, with their numbers."""
    return {plain(name): number for number, name in enumerate(_JALALI, 1)}


@lru_cache(maxsize=1)
def words_about() -> frozenset[str]:
    """Return the words that stand round a date and say nothing else: weekdays, ``published on``, ``公開日``."""
    return frozenset(plain(f"{_WEEKDAYS} {_ABOUT}").split())


@lru_cache(maxsize=1)
def words_day_first() -> frozenset[str]:
    """Return the words beside a date of digits that say in whose language it stands, where the day comes first."""
    return frozenset(_DAY_FIRST.split())
