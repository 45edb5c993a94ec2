"""First and last names of all kinds, for people who do not exist.

A name follows the first language of a person.
"""

from typing import NamedTuple


class Names(NamedTuple):
    """First names of women and of men, and family names."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ARABIC = Names(
    _words("Amina Salma Rania Yasmine Hala Nour Dima Lina Samira Huda Zahra Maryam"),
    _words("Karim Omar Youssef Bilal Hassan Tarek Samir Anas Khaled Mahmoud Nabil Rami"),
    _words("Haddad Mansour Khalil Nasser Saleh Darwish Hamdan Aziz Barakat Kassem Sabbagh Taha"),
)
_AFGHAN = Names(
    _words("Zarmina Fereshteh Nilufar Shabnam Parwana Laila Mina Soraya Roya Freshta Spogmai Gulalai"),
    _words("Farid Rahim Nasir Habib Jawad Wali Zabi Naweed Ehsan Mirwais Samiullah Idris"),
    _words("Rahimi Noori Ahmadi Hakimi Sediqi Stanekzai Karimi Wardak Amiri Safi Popal Mohammadi"),
)
_HORN = Names(
    _words("Selam Luwam Feven Helen Rahel Saba Winta Semhar Mihret Bethlehem Tigist Hiwot"),
    _words("Filmon Yonas Samuel Natnael Dawit Merhawi Tesfay Abel Henok Biniam Robel Kidane"),
    _words(
        "Tesfamariam Gebremedhin Haile Berhane Kidane Mebrahtu Weldu Abraha Tekle Ghebreyesus Alemu Bekele"
    ),
)
_SOMALI = Names(
    _words("Hodan Ifrah Sahra Ayaan Fadumo Asha Nimco Hibo"),
    _words("Abdi Liban Mahad Guled Farah Yahya Ismail Warsame"),
    _words("Warsame Abdullahi Hirsi Jama Farah Osman Mohamud Ali"),
)
_UKRAINIAN = Names(
    _words("Olena Iryna Kateryna Oksana Nataliia Daryna Sofiia Yuliia Tetiana Anna"),
    _words("Andrii Dmytro Oleksandr Taras Bohdan Serhii Maksym Ivan"),
    _words("Shevchenko Kovalenko Bondarenko Tkachenko Melnyk Kravchuk Lysenko Petrenko Savchenko Moroz"),
)
_WEST_AFRICAN = Names(
    _words("Aïssatou Fatou Mariama Kadiatou Oumou Aminata Hawa Fanta Bintou Awa Rokia Djénéba"),
    _words("Mamadou Ibrahima Alpha Ousmane Sékou Moussa Amadou Boubacar Cheick Lamine Modibo Souleymane"),
    _words("Diallo Bah Barry Sow Camara Traoré Coulibaly Keïta Diarra Ndiaye Diop Touré Konaté"),
)
_CONGOLESE = Names(
    _words("Grâce Merveille Nadège Chantal Divine Clarisse Ornella Patience"),
    _words("Christian Héritier Trésor Dieumerci Glody Cédrick Junior Exaucé"),
    _words("Mbuyi Kabongo Ilunga Mukendi Tshibanda Lukusa Nzinga Makiese"),
)
_BENGALI = Names(
    _words("Nusrat Sharmin Tania Farzana Rima Shirin"),
    _words("Rakib Shahin Imran Tanvir Rubel Arif"),
    _words("Hossain Rahman Islam Chowdhury Miah Akter Sarkar"),
)
_TURKISH = Names(
    _words("Elif Zeynep Dilan Berfin Hatice Rojin Evin Songül"),
    _words("Mehmet Baran Serhat Emre Azad Deniz Welat Hakan"),
    _words("Yılmaz Demir Kaya Çelik Şahin Aydın Aslan Doğan"),
)
_CAUCASIAN = Names(
    _words("Anahit Mariam Nino Tamar Lusine Ketevan"),
    _words("Aram Giorgi Levon Davit Tigran Luka"),
    _words("Petrosyan Beridze Sargsyan Kapanadze Grigoryan Lomidze"),
)
_ALBANIAN = Names(
    _words("Arta Blerta Elira Drita Vjosa"),
    _words("Arben Besnik Dritan Fatos Ilir"),
    _words("Hoxha Krasniqi Berisha Gashi Shehu"),
)
_SPANISH = Names(
    _words("Lucía Valentina Camila Daniela Paola"),
    _words("Santiago Andrés Carlos Diego Javier"),
    _words("Rodríguez Gómez Castillo Rojas Vargas"),
)
_PERSIAN = Names(
    _words("Shirin Negar Sara Mahsa Parisa Leila"),
    _words("Reza Arash Kian Amir Behnam Omid"),
    _words("Hosseini Moradi Jafari Rezaei Kazemi Sharifi"),
)
_URDU = Names(
    _words("Ayesha Saima Hina Rabia Sadia"),
    _words("Usman Bilal Faisal Adnan Waqas"),
    _words("Malik Khan Butt Qureshi Sheikh"),
)
FRENCH = Names(
    _words(
        "Anne Marie Françoise Catherine Sylvie Martine Brigitte Nathalie Isabelle Véronique "
        "Christine Monique Dominique Patricia Chantal Laurence Fatiha Malika Josiane Geneviève "
        "Béatrice Odile Solange Nadia"
    ),
    _words(
        "Paul Jean Michel Philippe Alain Bernard Gérard Patrick Christian Jacques Pierre Daniel "
        "Thierry Pascal Didier Olivier Bruno Hervé Yves Mohamed Rachid Antonio François Étienne"
    ),
    _words(
        "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel "
        "Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine "
        "Rousseau Vincent Muller Lefèvre Faure Mercier Blanc Guérin Boyer Garnier Chevalier Perrin "
        "Benali Lopes Garcia Rossi Nguyen Belkacem Cohen Traoré"
    ),
)
BY_LANGUAGE = {
    "ar": _ARABIC,
    "prs": _AFGHAN,
    "ps": _AFGHAN,
    "fa": _PERSIAN,
    "ti": _HORN,
    "am": _HORN,
    "uk": _UKRAINIAN,
    "so": _SOMALI,
    "ff": _WEST_AFRICAN,
    "bm": _WEST_AFRICAN,
    "wo": _WEST_AFRICAN,
    "ln": _CONGOLESE,
    "bn": _BENGALI,
    "tr": _TURKISH,
    "ku": _TURKISH,
    "ur": _URDU,
    "sq": _ALBANIAN,
    "es": _SPANISH,
    "hy": _CAUCASIAN,
    "ka": _CAUCASIAN,
}
